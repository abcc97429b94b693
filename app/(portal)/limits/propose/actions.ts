'use server'

import { defineAction } from '@/lib/acts/define-action'
import { checkLimit, prepareLimit } from '@/lib/acts/limits'
import { prepareLimitSchema } from '@/lib/acts/limits.schema'

export const checkLimitAction = defineAction({
  deed: 'prepare:limit',
  schema: prepareLimitSchema,
  permission: 'propose:limit',
  subject: ({ scope, subject }) => `${scope} ${subject}`,
  act: checkLimit,
})

export const prepareLimitAction = defineAction({
  deed: 'prepare:limit',
  schema: prepareLimitSchema,
  permission: 'propose:limit',
  subject: ({ scope, subject }) => `${scope} ${subject}`,
  act: prepareLimit,
})
