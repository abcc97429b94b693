import { Chip } from '@/components/ui/chip'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import { shortHash } from '@/lib/format/address'
import { groupDigits } from '@/lib/format/number'
import type { NodeRow } from '@/lib/queries/integrity'

const columns: Column<NodeRow>[] = [
  {
    key: 'name',
    header: 'Node',
    lead: true,
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  { key: 'state', header: 'State', cell: (row) => <NodeState row={row} /> },
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
  { key: 'version', header: 'Software', wrap: true, cell: ({ version }) => version ?? '–' },
  { key: 'seen', header: 'Last heard of', cell: ({ seenAt }) => <Time at={seenAt} /> },
]

function NodeState({ row: { error, isFresh } }: { row: NodeRow }) {
  if (error !== null) return <Chip status="warning">{error}</Chip>
  return isFresh ? <Chip status="compliant">Answers</Chip> : <Chip status="warning">Silent</Chip>
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
