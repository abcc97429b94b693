import { AsOfEnd } from '@/components/instruments/as-of-end'
import { Address } from '@/components/ui/address'
import { Amount } from '@/components/ui/amount'
import { Chip } from '@/components/ui/chip'
import { type Column, DataTable } from '@/components/ui/data-table'
import { formatAmount } from '@/lib/format/amount'
import { groupDigits } from '@/lib/format/number'
import type { CustomerAccount } from '@/lib/queries/customer'

const columns: Column<CustomerAccount>[] = [
  {
    key: 'address',
    header: 'Account',
    lead: true,
    wrap: true,
    cell: ({ address }) => <Address address={address} size="full" href={`/transfers?account=${address}`} />,
  },
  {
    key: 'holdings',
    header: 'Holds',
    align: 'right',
    cell: ({ holdings }) =>
      holdings.length === 0 ? (
        <span className="text-secondary">Nothing</span>
      ) : (
        <ul>
          {holdings.map(({ symbol, amount, decimals, watchedUntil }) => (
            <li key={symbol}>
              <Amount value={amount} decimals={decimals} unit={symbol} />
              <AsOfEnd block={watchedUntil} />
            </li>
          ))}
        </ul>
      ),
  },
  {
    key: 'frozen',
    header: 'State',
    cell: ({ frozen, frozenAmounts }) => (
      <div className="flex flex-col items-start gap-0.5">
        {frozen.length > 0 && <Chip status="warning">Frozen in {frozen.join(', ')}</Chip>}
        {frozenAmounts.map(({ symbol, decimals, amount }) => (
          <Chip key={symbol} status="warning">
            {formatAmount(amount, decimals)} {symbol} frozen
          </Chip>
        ))}
        {frozen.length + frozenAmounts.length === 0 && <Chip status="compliant">Free</Chip>}
      </div>
    ),
  },
  { key: 'since', header: 'Since block', align: 'right', cell: ({ since }) => groupDigits(since) },
]

export function AccountsTable({ rows }: { rows: readonly CustomerAccount[] }) {
  return (
    <DataTable
      caption="Accounts of the customer with what they hold"
      columns={columns}
      rows={rows}
      rowKey={({ address }) => address}
      rowHeight="tall"
      empty="No account is linked to this identity yet."
    />
  )
}
