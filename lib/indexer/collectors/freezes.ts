import { instrumentAbi } from '../../chain/generated/instrument'
import { deleteAfter } from '../../db/ledger/bulk'
import { insertFreezes } from '../../db/ledger/freeze'
import type { Collector } from '../collector'
import { addressIn, decodeEvent, topicOf } from '../events'
import { lower } from '../watch'

const frozen = topicOf(instrumentAbi, 'AddressFrozen')

export const freezes: Collector = {
  events: ({ instruments }) =>
    [...instruments.values()]
      .filter(({ standard }) => standard === 'plimsoll')
      .map(({ address }) => [address, frozen] as const),
  want: (log, wanted) => {
    const account = addressIn(log.topics[1] ?? '')
    if (account) wanted.accounts.add(account)
  },
  collect: (log, { known, rows }) => {
    const event = decodeEvent(instrumentAbi, 'AddressFrozen', log)
    const account = lower(event.user)
    rows.freezes.push({
      blockNumber: log.blockNumber,
      logIndex: log.logIndex,
      time: log.time,
      instrument: log.address,
      account,
      firmId: known.accounts.get(account)?.firmId ?? null,
      frozen: event.isFrozen,
    })
  },
  write: (sql, chainId, rows) => insertFreezes(sql, chainId, rows.freezes),
  discardAfter: (sql, chainId, last) => deleteAfter(sql, 'freeze', chainId, last.number),
}
