import { Chip, type Status } from '@/components/ui/chip'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import { shortHash } from '@/lib/format/address'
import { groupDigits } from '@/lib/format/number'
import type { NodeRow, NodeState } from '@/lib/queries/integrity'

const columns: Column<NodeRow>[] = [
  {
    key: 'name',
    header: 'Node',
    lead: true,
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  { key: 'state', header: 'State', cell: (row) => <StateChip row={row} /> },
  {
    key: 'head',
    header: 'Head',
    align: 'right',
    cell: ({ head }) => (head === null ? '–' : groupDigits(head)),
  },
  {
    key: 'hash',
    header: 'Hash',
    cell: ({ hash }) =>
      hash === null ? (
        '–'
      ) : (
        <span className="font-mono text-12" title={hash}>
          {shortHash(hash)}
        </span>
      ),
  },
  {
    key: 'latency',
    header: 'Answers in (ms)',
    align: 'right',
    cell: ({ latencyMs }) => (latencyMs === null ? '–' : groupDigits(latencyMs)),
  },
  { key: 'fault', header: 'Last fault', wrap: true, cell: (row) => <LastFault row={row} /> },
  { key: 'version', header: 'Software', wrap: true, cell: ({ version }) => version ?? '–' },
  { key: 'seen', header: 'Last heard of', cell: ({ seenAt }) => <Time at={seenAt} /> },
]

const looks: Record<NodeState, { status: Status; word: string }> = {
  new: { status: 'pending', word: 'Not asked yet' },
  live: { status: 'compliant', word: 'Answers' },
  stale: { status: 'warning', word: 'Behind the others' },
  limited: { status: 'warning', word: 'Asked to wait' },
  resting: { status: 'warning', word: 'Does not answer' },
  bad: { status: 'breach', word: 'Said what is not so' },
  dissents: { status: 'breach', word: 'Has another chain' },
}

function StateChip({ row: { state, error, isFresh } }: { row: NodeRow }) {
  if (!isFresh) return <Chip status="warning">Silent</Chip>
  if (state === 'live' && error !== null) return <Chip status="warning">Answers with an error</Chip>
  const { status, word } = looks[state]
  return <Chip status={status}>{word}</Chip>
}

function LastFault({ row: { error, fault, faultAt } }: { row: NodeRow }) {
  const words = error ?? fault
  if (words === null) return '–'
  return (
    <>
      {words}
      {faultAt !== null && (
        <span className="block text-12 text-secondary">
          <Time at={faultAt} />
        </span>
      )}
    </>
  )
}

export function NodesTable({ rows }: { rows: readonly NodeRow[] }) {
  return (
    <DataTable
      caption="Nodes that are asked, with what each answered last"
      columns={columns}
      rows={rows}
      rowKey={({ name }) => name}
      empty="No node has been asked yet: the worker is not running."
    />
  )
}
