import { type Column, DataTable } from '@/components/ui/data-table'
import type { SignatureRow } from '@/lib/queries/people'

const words = ['', 'One', 'Two']

const columns: Column<SignatureRow>[] = [
  { key: 'label', header: 'Kind of order', lead: true, cell: ({ label }) => label },
  {
    key: 'signatures',
    header: 'Signatures',
    cell: ({ signatures }) =>
      signatures === null ? 'The node could not be asked' : (words[signatures] ?? String(signatures)),
  },
  {
    key: 'fixed',
    header: 'May that change?',
    wrap: true,
    cell: ({ isFixed }) =>
      isFixed ? 'No: the contract asks for two whatever happens' : 'By an order of two',
  },
]

export function SignaturesTable({ rows }: { rows: readonly SignatureRow[] }) {
  return (
    <DataTable
      caption="How many signatures each kind of order takes, by the contract"
      columns={columns}
      rows={rows}
      rowKey={({ kind }) => String(kind)}
      empty="The contract knows no kinds."
    />
  )
}
