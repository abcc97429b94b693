import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { plural } from '@/lib/format/number'
import type { InstrumentsPage } from '@/lib/queries/instruments'
import { unknownMost } from '@/lib/queries/watched'

/** What instruments said that nobody here can read. It is kept, and somebody should look. */
export function UnknownNotice({ rows, unknown }: Pick<InstrumentsPage, 'rows' | 'unknown'>) {
  if (unknown.length === 0) return null
  return (
    <div className="mb-4">
      <Notice status="warning" title="Instruments said what nobody here can read">
        <p>Such events are kept as they are and change nothing.</p>
        <ul className="mt-1 list-inside list-disc">
          {unknown.map(({ instrument, count }) => (
            <li key={instrument}>
              <Link href={`/instruments/${instrument}#unknown`}>{nameOf(rows, instrument)}</Link>:{' '}
              {count >= unknownMost ? `${unknownMost} events or more` : plural(count, 'event')}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}

function nameOf(rows: InstrumentsPage['rows'], instrument: string): string {
  const row = rows.find(({ address }) => address === instrument)
  return row ? `${row.symbol}, ${row.name}` : instrument
}
