import type { Collector } from '../collector'
import { accounts } from './accounts'
import { anchors } from './anchors'
import { firms } from './firms'
import { flows } from './flows'
import { freezes } from './freezes'
import { identities } from './identities'
import { kycDecisions } from './kyc-decisions'
import { limits } from './limits'
import { orderOutcomes } from './order-outcomes'
import { rates } from './rates'
import { refusedTransfers } from './refused-transfers'
import { roles } from './roles'
import { transfers } from './transfers'

/** In the order in which they write: identities before the decisions about them, accounts before their balances. */
export const collectors: readonly Collector[] = [
  firms,
  identities,
  kycDecisions,
  accounts,
  transfers,
  refusedTransfers,
  freezes,
  limits,
  flows,
  rates,
  orderOutcomes,
  roles,
  anchors,
]
