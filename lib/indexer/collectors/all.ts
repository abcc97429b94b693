import type { Collector, Rollup } from '../collector'
import { accounts } from './accounts'
import { activity } from './activity'
import { anchors } from './anchors'
import { compliances, modules } from './compliances'
import { delegations } from './delegations'
import { firms } from './firms'
import { flows } from './flows'
import { foreignEvents } from './foreign'
import { freezes } from './freezes'
import { identities } from './identities'
import { kycDecisions } from './kyc-decisions'
import { limitUse } from './limit-use'
import { limits } from './limits'
import { measures, pauses } from './measures'
import { moduleRules } from './module-rules'
import { orderOutcomes } from './order-outcomes'
import { rates } from './rates'
import { refusedTransfers } from './refused-transfers'
import { roles } from './roles'
import { countryChanges, screenings } from './standings'
import { transfers } from './transfers'
import { trust } from './trust'
import { upgrades } from './upgrades'

/** In the order in which they write: identities before the decisions about them, accounts before their balances. */
export const collectors: readonly Collector[] = [
  firms,
  identities,
  kycDecisions,
  screenings,
  countryChanges,
  trust,
  accounts,
  transfers,
  refusedTransfers,
  activity,
  freezes,
  pauses,
  measures,
  limits,
  flows,
  rates,
  orderOutcomes,
  roles,
  delegations,
  compliances,
  modules,
  moduleRules,
  upgrades,
  anchors,
  foreignEvents,
]

export const rollups: readonly Rollup[] = [limitUse]
