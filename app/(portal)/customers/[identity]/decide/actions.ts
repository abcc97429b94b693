'use server'

import { defineAction } from '@/lib/acts/define-action'
import { checkKyc, prepareKyc } from '@/lib/acts/kyc'
import { prepareKycSchema } from '@/lib/acts/kyc.schema'

export const checkKycAction = defineAction({
  deed: 'prepare:kyc',
  schema: prepareKycSchema,
  permission: 'propose:kyc',
  subject: ({ identity }) => identity,
  act: checkKyc,
})

export const prepareKycAction = defineAction({
  deed: 'prepare:kyc',
  schema: prepareKycSchema,
  permission: 'propose:kyc',
  subject: ({ identity }) => identity,
  act: prepareKyc,
})
