'use server'

import { defineAction } from '@/lib/acts/define-action'
import { revokeSession } from '@/lib/acts/revoke-session'
import { revokeSessionSchema } from '@/lib/acts/sessions.schema'
import { prepareWalletBinding, submitWalletBinding } from '@/lib/acts/wallet-binding'
import { prepareWalletBindingSchema, submitWalletBindingSchema } from '@/lib/acts/wallet-binding.schema'

export const revokeSessionAction = defineAction({
  deed: 'revoke:session',
  schema: revokeSessionSchema,
  permission: null,
  act: revokeSession,
})

export const prepareWalletBindingAction = defineAction({
  deed: 'bind:wallet',
  schema: prepareWalletBindingSchema,
  permission: 'bind:wallet',
  subject: ({ address }) => address,
  act: prepareWalletBinding,
})

export const submitWalletBindingAction = defineAction({
  deed: 'bind:wallet',
  schema: submitWalletBindingSchema,
  permission: 'bind:wallet',
  act: submitWalletBinding,
})
