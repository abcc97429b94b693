import { AsOfEnd } from '@/components/instruments/as-of-end'
import { Address } from '@/components/ui/address'
import { Amount } from '@/components/ui/amount'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Link } from '@/components/ui/link'
import { groupDigits } from '@/lib/format/number'
import type { InstrumentRow } from '@/lib/queries/instruments'
import { PauseChip } from './pause-chip'

export function InstrumentsTable({
  rows,
  isAuthority,
}: {
  rows: readonly InstrumentRow[]
  isAuthority: boolean
}) {
  const columns: Column<InstrumentRow>[] = [
    {
      key: 'name',
      header: 'Instrument',
      lead: true,
      cell: ({ address, symbol, name }) => (
        <div className="leading-[18px]">
          <Link href={`/instruments/${address}`} className="font-medium">
            {symbol}
          </Link>
          <div className="text-12 text-secondary">{name}</div>
        </div>
      ),
    },
    { key: 'address', header: 'Address', cell: ({ address }) => <Address address={address} /> },
    {
      key: 'supply',
      header: 'Supply',
      align: 'right',
      cell: ({ supply, decimals, symbol, watchedUntil }) => (
        <>
          <Amount value={supply} decimals={decimals} unit={symbol} />
          <AsOfEnd block={watchedUntil} />
        </>
      ),
    },
    {
      key: 'holders',
      header: isAuthority ? 'Holding accounts' : 'Of yours holding',
      align: 'right',
      cell: ({ holders }) => groupDigits(holders),
    },
    { key: 'state', header: 'State', cell: (row) => <PauseChip instrument={row} /> },
    {
      key: 'rules',
      header: 'Rules',
      wrap: true,
      cell: ({ rules, version }) => {
        if (version === null) return 'Its own'
        return rules.length === 0 ? 'None' : rules.map(({ name }) => name).join(', ')
      },
    },
    {
      key: 'version',
      header: 'Code',
      cell: ({ version, standard, watchedUntil }) =>
        version ?? `${standard}, ${watchedUntil === null ? 'only watched' : 'let go'}`,
    },
  ]
  return (
    <DataTable
      caption="Instruments of the ledger with their supply, state and rules"
      columns={columns}
      rows={rows}
      rowKey={({ address }) => address}
      rowHeight="tall"
      empty="No instrument is on the ledger yet."
    />
  )
}
