import type { StandingBy } from '@/lib/queries/trust'
import { Link } from '../ui/link'

/** The order that something rests on, and who signed it where the reader may know. */
export function ByOrder({ by: { reference, people } }: { by: StandingBy }) {
  return (
    <div className="leading-[18px]">
      {reference ? <Link href={`/orders/${reference}`}>{reference}</Link> : 'Not prepared here'}
      {people && <div className="text-12 text-secondary">{people}</div>}
    </div>
  )
}
