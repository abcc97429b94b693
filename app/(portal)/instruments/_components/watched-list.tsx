import { FillBar } from '@/components/index/fill-bar'
import { Address } from '@/components/ui/address'
import { Chip } from '@/components/ui/chip'
import { groupDigits } from '@/lib/format/number'
import type { WatchedRow } from '@/lib/queries/watched'

/** Instruments that somebody added: what each is, what it can do, and how far its past is read. */
export function WatchedList({ rows }: { rows: readonly WatchedRow[] }) {
  return (
    <ul className="divide-y divide-hairline">
      {rows.map((row) => (
        <li key={row.address} className="px-4 py-4">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 className="text-16 font-semibold">
              {row.symbol} <span className="font-normal text-secondary">{row.name}</span>
            </h3>
            <Chip status="info">{row.kind}</Chip>
            <State row={row} />
          </div>
          <div className="mt-0.5">
            <Address address={row.address} />
          </div>
          <p className="mt-1 max-w-[90ch] text-secondary">
            {row.capabilities.length > 0 ? row.capabilities.join(' · ') : 'Transfers, and nothing else'}
          </p>
          {row.note && <p className="mt-1 max-w-[90ch]">{row.note}.</p>}
          {row.progress && <FillBar progress={row.progress} label={`Past of ${row.symbol} read`} />}
          {row.progress && row.failure && (
            <p className="mt-1 font-medium">It cannot go on, and tries again: {row.failure}</p>
          )}
        </li>
      ))}
    </ul>
  )
}

function State({ row: { progress, history, watchedUntil, isEnding } }: { row: WatchedRow }) {
  if (watchedUntil !== null)
    return <Chip status="closed">Watched until block {groupDigits(watchedUntil)}</Chip>
  if (isEnding) return <Chip status="pending">To be let go with the next block</Chip>
  if (progress) return <Chip status="pending">Its past is being read</Chip>
  if (history === 'partial') return <Chip status="warning">Transfers only</Chip>
  return <Chip status="compliant">Indexed with every block</Chip>
}
