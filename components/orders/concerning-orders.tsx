import type { ConcerningRow } from '@/lib/queries/concerning'
import { Chip } from '../ui/chip'
import { Link } from '../ui/link'
import { Time } from '../ui/time'

/** Orders that concern what the page is about, as a short list. */
export function ConcerningOrders({ rows, none }: { rows: readonly ConcerningRow[]; none: string }) {
  if (rows.length === 0) return <p className="px-4 pb-4 text-secondary">{none}</p>
  return (
    <ul className="divide-y divide-hairline border-t border-hairline">
      {rows.map(({ reference, title, at, state }) => (
        <li key={reference} className="px-4 py-2.5">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <Chip status={state.status}>{state.word}</Chip>
            <span className="text-12 text-secondary">
              <Time at={at} as="row" />
            </span>
          </div>
          <p className="mt-1">
            <Link href={`/orders/${reference}`}>{reference}</Link> {title}
          </p>
        </li>
      ))}
    </ul>
  )
}
