import { checksum } from '@/lib/format/address'
import { groupDigits } from '@/lib/format/number'
import type { TransferPageDto } from '@/lib/queries/transfer'
import { CopyButton } from '../ui/copy-button'
import { Raw, RawData } from '../ui/raw-data'
import { SummaryList } from '../ui/summary-list'

/** What the chain has, as it has it. Last on the page, and closed. */
export function TransferRaw({ page }: { page: TransferPageDto }) {
  const { row, raw, refusal, blockHash } = page
  const { transaction, log, revertData } = raw
  return (
    <RawData>
      <SummaryList
        items={[
          { term: 'Transaction', detail: <Hash hash={row.txHash} what="transaction hash" /> },
          ...(blockHash ? [{ term: 'Block', detail: <Hash hash={blockHash} what="block hash" /> }] : []),
          { term: row.kind === 'settled' ? 'Log index' : 'Transaction index', detail: String(row.index) },
          ...(transaction
            ? [
                { term: 'Sent by', detail: <Code>{checksum(transaction.from)}</Code> },
                {
                  term: 'Called',
                  detail: (
                    <Code>{transaction.to === null ? 'contract creation' : checksum(transaction.to)}</Code>
                  ),
                },
                { term: 'Nonce', detail: transaction.nonce },
                { term: 'Gas used', detail: groupDigits(transaction.gasUsed) },
                { term: 'Receipt', detail: transaction.status === 1 ? 'Success (1)' : 'Reverted (0)' },
              ]
            : []),
          ...(refusal?.code != null ? [{ term: 'Verdict code', detail: String(refusal.code) }] : []),
          ...(refusal?.module
            ? [{ term: 'Decided by', detail: <Code>{checksum(refusal.module)}</Code> }]
            : []),
        ]}
      />
      {log && (
        <Raw>
          {[...log.topics.map((topic, index) => `topic${index} ${topic}`), `data   ${log.data}`].join('\n')}
        </Raw>
      )}
      {revertData && <Raw>{`revert ${revertData}`}</Raw>}
    </RawData>
  )
}

const Code = ({ children }: { children: string }) => (
  <span className="font-mono text-[0.8125rem]">{children}</span>
)

function Hash({ hash, what }: { hash: string; what: string }) {
  return (
    <span>
      <Code>{hash}</Code> <CopyButton text={hash} what={what} />
    </span>
  )
}
