import { Card } from '@/components/ui/card'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Link } from '@/components/ui/link'
import { Time } from '@/components/ui/time'
import { groupDigits } from '@/lib/format/number'
import type { InstrumentPage } from '@/lib/queries/instruments'
import type { SaidRow, UnknownRow } from '@/lib/queries/watched'

const reasons: Record<UnknownRow['reason'], string> = {
  unknown: 'An event that nobody here knows',
  unreadable: 'A known event in a form that cannot be read',
  impossible: 'A transfer of more than its sender has: not counted',
}

const saidColumns: Column<SaidRow>[] = [
  { key: 'time', header: 'When', cell: ({ time }) => <Time at={time} /> },
  { key: 'name', header: 'Event', lead: true, cell: ({ name }) => name },
  {
    key: 'arguments',
    header: 'With',
    wrap: true,
    cell: ({ arguments: args }) => (
      <ul className="py-2 [overflow-wrap:anywhere]">
        {Object.entries(args).map(([name, value]) => (
          <li key={name}>
            <span className="text-secondary">{name}</span> {value}
          </li>
        ))}
      </ul>
    ),
  },
]

const unknownColumns: Column<UnknownRow>[] = [
  { key: 'time', header: 'When', cell: ({ time }) => <Time at={time} /> },
  { key: 'reason', header: 'What it is', lead: true, cell: ({ reason }) => reasons[reason] },
  {
    key: 'place',
    header: 'Block and log',
    cell: ({ block, logIndex }) => `${groupDigits(block)}, log ${logIndex}`,
  },
  {
    key: 'raw',
    header: 'Topics and data',
    wrap: true,
    cell: ({ topics, data }) => (
      <p className="py-2 font-mono text-12 [overflow-wrap:anywhere]">
        {cut(topics)} {cut(data)}
      </p>
    ),
  },
]

/** `log` has all of it. */
const cut = (text: string) => (text.length > 280 ? `${text.slice(0, 280)}…` : text)

/** What an instrument of others said beside transfers, and what of it nobody can read. */
export function Said({ page: { said, unknown, instrument } }: { page: InstrumentPage }) {
  const { symbol, address } = instrument
  return (
    <>
      <Card
        title="What its contract said"
        id="said"
        flush
        action={<Link href={`/transfers?instrument=${address}`}>Transfers of {symbol}</Link>}
      >
        <DataTable
          caption={`What ${symbol} said beside transfers, newest first`}
          columns={saidColumns}
          rows={said}
          rowKey={({ block, logIndex }) => `${block} ${logIndex}`}
          empty="Nothing beside transfers so far."
        />
      </Card>
      {unknown.length > 0 && (
        <Card title="What nobody here can read" id="unknown" flush>
          <DataTable
            caption={`Events of ${symbol} that are kept raw, newest first`}
            columns={unknownColumns}
            rows={unknown}
            rowKey={({ block, logIndex }) => `${block} ${logIndex}`}
            empty=""
          />
        </Card>
      )}
    </>
  )
}
