import { verdictOf } from '@/lib/format/verdict'
import type { RefusalDto } from '@/lib/queries/transfer'
import type { TransferRow } from '@/lib/queries/transfer-row'
import { Amount } from '../ui/amount'
import { Card } from '../ui/card'
import { RefusalChecks } from './refusal-checks'

/** Why, how much would have passed, and what would make the same transfer pass. */
export function RefusalCard({ row, refusal }: { row: TransferRow; refusal: RefusalDto }) {
  const { isLimit, remedy } = verdictOf(refusal.code, refusal.reason)
  const { decimals, symbol } = row.instrument
  return (
    <Card title="Why it was refused" id="why" flush>
      <dl className="grid gap-x-4 gap-y-1 px-4 pb-3 sm:grid-cols-[minmax(120px,200px)_1fr]">
        {refusal.whose && (
          <>
            <dt className="text-secondary">Whose rule</dt>
            <dd>{refusal.whose.charAt(0).toUpperCase() + refusal.whose.slice(1)}</dd>
          </>
        )}
        {isLimit && refusal.headroom !== null && (
          <>
            <dt className="text-secondary">Most that would pass</dt>
            <dd>
              <Amount value={refusal.headroom} decimals={decimals} unit={symbol} /> at that moment
            </dd>
          </>
        )}
        <dt className="text-secondary">What would make it pass</dt>
        <dd>{remedy}</dd>
      </dl>
      {refusal.code !== null && <RefusalChecks row={row} headroom={refusal.headroom} />}
    </Card>
  )
}
