import { formatReference, limitNames, reference } from '@/lib/format/reference'
import { formatTime, type Zone } from '@/lib/format/time'
import type { LimitLine } from '@/lib/queries/limit-line'
import { LimitFigures } from '../ui/limit-bar'

/** The limits of one firm or customer, with what is used and left of each. */
export function LimitList({ lines, of, zone }: { lines: readonly LimitLine[]; of: string; zone: Zone }) {
  const single = lines.find(({ window }) => window === 'transfer')
  return (
    <div className="space-y-5">
      {single && (
        <p>
          <span className="font-medium">One transfer</span>{' '}
          {single.limit === null ? (
            <span className="text-secondary">may be of any amount</span>
          ) : (
            <>
              may be worth up to <span className="tabular-nums">{formatReference(single.limit)}</span>
            </>
          )}
          {single.tier !== null && <span className="text-secondary">, as tier {single.tier} says</span>}
        </p>
      )}
      {lines
        .filter(({ window }) => window !== 'transfer')
        .map((line) => (
          <LimitFigures
            key={line.window}
            label={labelOf(line, of)}
            used={line.used}
            limit={line.limit ?? '0'}
            headroom={line.headroom}
            decimals={reference.decimals}
            unit={reference.unit}
            share={line.share}
            closeness={line.closeness}
            resets={line.resets === null ? undefined : formatTime(new Date(line.resets), zone)}
          />
        ))}
    </div>
  )
}

const labelOf = ({ window, tier }: LimitLine, of: string): string => {
  const name = window === 'balance' ? limitNames.balance : `Any ${limitNames[window]}`
  return `${name}, ${of}${tier === null ? '' : ` (limit of tier ${tier})`}`
}
