import { anchorAbi } from '../../chain/generated/anchor'
import { insertAnchorEntries } from '../../db/ledger/anchor-entry'
import { deleteAfter } from '../../db/ledger/bulk'
import type { Collector } from '../collector'
import { decodeEvent, topicOf } from '../events'

const journalAnchored = topicOf(anchorAbi, 'JournalAnchored')
const reportAnchored = topicOf(anchorAbi, 'ReportAnchored')

export const anchors: Collector = {
  events: ({ anchor }) => [
    [anchor, journalAnchored],
    [anchor, reportAnchored],
  ],
  collect: (log, { rows }) => {
    const { blockNumber, logIndex, time } = log
    if (log.topics[0] === journalAnchored) {
      const { size, root } = decodeEvent(anchorAbi, 'JournalAnchored', log)
      rows.anchors.push({ blockNumber, logIndex, time, kind: 'journal', size, hash: root })
    } else {
      const { sha256Hash } = decodeEvent(anchorAbi, 'ReportAnchored', log)
      rows.anchors.push({ blockNumber, logIndex, time, kind: 'report', size: null, hash: sha256Hash })
    }
  },
  write: (sql, chainId, rows) => insertAnchorEntries(sql, chainId, rows.anchors),
  discardAfter: (sql, chainId, last) => deleteAfter(sql, 'anchor_entry', chainId, last.number),
}
