import { Amount } from '@/components/ui/amount'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Link } from '@/components/ui/link'
import { limitNames, reference } from '@/lib/format/reference'
import type { TierRow } from '@/lib/queries/limits'

const windows = ['transfer', 'day', 'month', 'balance'] as const

/** What each customer of a tier may send and hold, unless a limit of its own says otherwise. */
export function TiersTable({ rows, mayPropose }: { rows: readonly TierRow[]; mayPropose: boolean }) {
  const columns: Column<TierRow>[] = [
    {
      key: 'tier',
      header: 'Tier',
      lead: true,
      cell: ({ tier }) => (
        <Link href={`/customers?tier=${tier}`} className="font-medium">
          Tier {tier}
        </Link>
      ),
    },
    ...windows.map((window) => ({
      key: window,
      header: `${limitNames[window]} (${reference.unit})`,
      align: 'right' as const,
      cell: ({ limits }: TierRow) => {
        const limit = limits[window]
        if (limit === null) return <span className="text-secondary">Nothing allowed</span>
        if (limit.amount === null) return <span className="text-secondary">No limit</span>
        return <Amount value={limit.amount} decimals={reference.decimals} />
      },
    })),
    ...(mayPropose
      ? [
          {
            key: 'propose',
            header: 'Change',
            cell: ({ tier }: TierRow) => (
              <Link
                href={`/limits/propose?scope=tier&subject=${tier}`}
                aria-label={`Propose a change of the limits of tier ${tier}`}
              >
                Propose
              </Link>
            ),
          },
        ]
      : []),
  ]
  return (
    <DataTable
      caption="Limits of each tier"
      columns={columns}
      rows={rows}
      rowKey={({ tier }) => tier}
      empty="No tier has a limit, so no customer may send or hold anything."
    />
  )
}
