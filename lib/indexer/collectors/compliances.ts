import { complianceAbi } from '../../chain/generated/compliance'
import { instrumentAbi } from '../../chain/generated/instrument'
import { deleteAfter } from '../../db/ledger/bulk'
import { insertComplianceModules, insertInstrumentCompliances } from '../../db/ledger/compliance'
import type { Collector } from '../collector'
import { orderBehind, placeOf } from '../draft'
import { addressIn, decodeEvent, topicOf } from '../events'
import { lower, ownInstruments } from '../watch'

const complianceAdded = topicOf(instrumentAbi, 'ComplianceAdded')
const moduleAdded = topicOf(complianceAbi, 'ModuleAdded')
const moduleRemoved = topicOf(complianceAbi, 'ModuleRemoved')

/** Which compliance contract each instrument obeys. */
export const compliances: Collector = {
  events: (watch) => ownInstruments(watch).map((address) => [address, complianceAdded] as const),
  collect: (log, draft) => {
    const { compliance } = decodeEvent(instrumentAbi, 'ComplianceAdded', log)
    const orderId = orderBehind(draft, log)
    draft.rows.compliances.push({
      ...placeOf(log),
      instrument: log.address,
      compliance: lower(compliance),
      orderId,
    })
  },
  write: (sql, chainId, rows) => insertInstrumentCompliances(sql, chainId, rows.compliances),
  discardAfter: (sql, chainId, last) => deleteAfter(sql, 'instrument_compliance', chainId, last.number),
}

/**
 * Modules of compliance contracts. These get their modules before an instrument obeys them, so they are read of any
 * contract; what a stranger says has its rows too, which nothing asks for.
 */
export const modules: Collector = {
  anywhere: ({ orders }) => (orders ? [moduleAdded, moduleRemoved] : []),
  collect: (log, { rows }) => {
    const module = addressIn(log.topics[1] ?? '')
    if (!module || log.topics.length !== 2) return
    const added = log.topics[0] === moduleAdded
    rows.modules.push({ ...placeOf(log), compliance: log.address, module, added })
  },
  write: (sql, chainId, rows) => insertComplianceModules(sql, chainId, rows.modules),
  discardAfter: (sql, chainId, last) => deleteAfter(sql, 'compliance_module', chainId, last.number),
}
