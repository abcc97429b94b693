'use server'

import { defineAction } from '@/lib/acts/define-action'
import { followOrder } from '@/lib/acts/follow-order'
import { signOrder, withdrawOrder } from '@/lib/acts/orders'
import {
  followOrderSchema,
  signOrderSchema,
  submitOrderSchema,
  withdrawOrderSchema,
} from '@/lib/acts/orders.schema'
import { submitOrder } from '@/lib/acts/submissions'

export const signOrderAction = defineAction({
  deed: 'sign:order',
  schema: signOrderSchema,
  permission: 'read:orders',
  subject: ({ reference }) => reference,
  act: signOrder,
})

/** Which permission it takes depends on the act; the order's own rules ask for it, and say first whose order it is. */
export const submitOrderAction = defineAction({
  deed: 'submit:order',
  schema: submitOrderSchema,
  permission: 'read:orders',
  subject: ({ reference }) => reference,
  act: submitOrder,
})

export const followOrderAction = defineAction({
  deed: 'submit:order',
  schema: followOrderSchema,
  permission: 'read:orders',
  subject: ({ reference }) => reference,
  act: followOrder,
})

export const withdrawOrderAction = defineAction({
  deed: 'withdraw:order',
  schema: withdrawOrderSchema,
  permission: 'withdraw:order',
  subject: ({ reference }) => reference,
  act: withdrawOrder,
})
