import { type Column, DataTable } from '@/components/ui/data-table'
import { Link } from '@/components/ui/link'
import { shortAddress } from '@/lib/format/address'
import { groupDigits } from '@/lib/format/number'
import type { HolderRow } from '@/lib/queries/integrity'

const words: Record<HolderRow['reason'], string> = {
  unknown: 'The registry does not know them',
  'not-verified': 'KYC is not verified',
  expired: 'KYC has expired',
  flagged: 'A screening hit stands against them',
  claim: 'A required claim is missing, revoked, or of an issuer no longer trusted',
}

const columns: Column<HolderRow>[] = [
  {
    key: 'customer',
    header: 'Customer',
    lead: true,
    cell: ({ identity, reference }) => (
      <Link href={`/customers/${identity}`} title={identity}>
        {reference ?? shortAddress(identity)}
      </Link>
    ),
  },
  { key: 'firm', header: 'Firm', cell: ({ firm }) => <Link href={`/firms/${firm.id}`}>{firm.name}</Link> },
  { key: 'reason', header: 'Why', wrap: true, cell: ({ reason }) => words[reason] },
  { key: 'block', header: 'Asked at block', align: 'right', cell: ({ block }) => groupDigits(block) },
]

type Props = {
  rows: readonly HolderRow[]
  asked: string | null
  /** There are more. */
  isCut: boolean
}

/** Nobody is told when a holder becomes ineligible: a claim revoked or a decision run out emits nothing. */
export function HoldersTable({ rows, asked, isCut }: Props) {
  return (
    <>
      <DataTable
        caption="Customers who hold something and may neither send nor receive it, as the chain said when asked last"
        columns={columns}
        rows={rows}
        rowKey={({ identity }) => identity}
        empty={
          asked === null
            ? 'Not known yet: the worker asks the chain about every holder four times a day.'
            : `Everybody who held something at block ${groupDigits(asked)} could move it.`
        }
      />
      {isCut && (
        <p className="border-t border-hairline px-4 py-3 text-secondary">
          These are the first {groupDigits(rows.length)}; there are more.
        </p>
      )}
    </>
  )
}
