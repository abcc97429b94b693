import { Chip } from '@/components/ui/chip'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import { shortHash } from '@/lib/format/address'
import { groupDigits } from '@/lib/format/number'
import type { ReconciliationRow } from '@/lib/queries/integrity'

const scopeWord = { sample: 'a sample', complete: 'every value' }

const columns: Column<ReconciliationRow>[] = [
  { key: 'at', header: 'Compared', lead: true, cell: ({ at }) => <Time at={at} /> },
  {
    key: 'result',
    header: 'Result',
    cell: ({ mismatches }) =>
      mismatches.length === 0 ? (
        <Chip status="compliant">Reconciled</Chip>
      ) : (
        <Chip status="breach">{mismatches.length} differ</Chip>
      ),
  },
  { key: 'scope', header: 'Compared was', cell: ({ scope }) => scopeWord[scope] },
  { key: 'checked', header: 'Values', align: 'right', cell: ({ checked }) => groupDigits(checked) },
  { key: 'block', header: 'At block', align: 'right', cell: ({ block }) => groupDigits(block) },
  {
    key: 'hash',
    header: 'Hash',
    cell: ({ hash }) => (
      <span className="font-mono text-12" title={hash}>
        {shortHash(hash)}
      </span>
    ),
  },
]

export function ReconciliationsTable({ rows }: { rows: readonly ReconciliationRow[] }) {
  return (
    <DataTable
      caption="Comparisons of our tables with the chain at a pinned block, newest first"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      empty="Nothing has been compared with the chain yet: the worker does it each minute."
    />
  )
}
