import { Address } from '@/components/ui/address'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Link } from '@/components/ui/link'
import { Time } from '@/components/ui/time'
import type { RuleRow } from '@/lib/queries/rule-row'

/** Which page changes a rule of each kind. */
const changes: Partial<Record<RuleRow['kind'], string>> = {
  country: 'country-rule',
  supply: 'supply-cap',
  holders: 'holder-cap',
  preapproval: 'preapproval',
}

/** @param address of the instrument, where the reader may propose a change */
export function RulesTable({ rows, address }: { rows: readonly RuleRow[]; address?: string }) {
  const columns: Column<RuleRow>[] = [
    {
      key: 'name',
      header: 'Rule',
      lead: true,
      cell: ({ name }) => <span className="font-medium">{name}</span>,
    },
    {
      key: 'says',
      header: 'What it says',
      wrap: true,
      cell: ({ says }) => says ?? 'The node could not be asked',
    },
    { key: 'module', header: 'Module', cell: ({ module }) => <Address address={module} /> },
    { key: 'since', header: 'Since', cell: ({ since }) => <Time at={since} as="row" /> },
    ...(address
      ? [
          {
            key: 'change',
            header: 'Change',
            cell: ({ kind }: RuleRow) => <Change kind={kind} address={address} />,
          },
        ]
      : []),
  ]
  return (
    <DataTable
      caption="Rules that each transfer meets, in the order in which they are asked"
      columns={columns}
      rows={rows}
      rowKey={({ module }) => module}
      empty="It obeys no rule of this ledger."
    />
  )
}

function Change({ kind, address }: { kind: RuleRow['kind']; address: string }) {
  if (kind === 'limits') return <Link href="/limits">Limits</Link>
  const change = changes[kind]
  if (!change) return '–'
  return (
    <Link href={`/measures/propose?kind=${change}&instrument=${address}`}>
      {kind === 'preapproval' ? 'Approve a transfer' : 'Propose a change'}
    </Link>
  )
}
