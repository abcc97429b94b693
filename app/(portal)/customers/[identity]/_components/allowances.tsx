import { Amount } from '@/components/ui/amount'
import { limitNames } from '@/lib/format/reference'
import type { Allowance } from '@/lib/queries/allowance'

const whose = {
  identity: 'the customer’s own limit',
  tier: 'the tier’s limit',
  firm: 'the firm’s limit',
} as const

/** What limits leave to send in one transfer now, an instrument a line. */
export function Allowances({ rows }: { rows: readonly Allowance[] }) {
  const binds = rows.find((row) => row.binds)?.binds
  if (rows.length === 0) return null
  return (
    <div className="mt-5 border-t border-hairline pt-3">
      <h3 className="font-medium">Limits let it send now</h3>
      <ul className="mt-1 flex flex-wrap gap-x-6 gap-y-1">
        {rows.map(({ instrument, symbol, amount, decimals }) => (
          <li key={instrument}>
            {amount === null ? (
              `any amount of ${symbol}`
            ) : (
              <>
                up to <Amount value={amount} decimals={decimals} unit={symbol} />
              </>
            )}
          </li>
        ))}
      </ul>
      {binds && (
        <p className="mt-1 text-12 text-secondary">
          What binds is {whose[binds.scope]}, {limitNames[binds.window].toLowerCase()}. Standing, freezes,
          what is held and the recipient’s limits come on top.
        </p>
      )}
    </div>
  )
}
