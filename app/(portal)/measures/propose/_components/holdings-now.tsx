import { momentOf } from '@/components/measures/measure-words'
import { Address, WholeAddress } from '@/components/ui/address'
import { Amount } from '@/components/ui/amount'
import { Card } from '@/components/ui/card'
import { type Column, DataTable } from '@/components/ui/data-table'
import { type SummaryItem, SummaryList } from '@/components/ui/summary-list'
import type { HoldingRow, MeasureProposalPage } from '@/lib/queries/measure-proposal'

const columns: Column<HoldingRow>[] = [
  { key: 'account', header: 'Account', lead: true, cell: ({ account }) => <Address address={account} /> },
  {
    key: 'holds',
    header: 'Holds',
    align: 'right',
    cell: ({ balance, decimals, symbol }) => <Amount value={balance} decimals={decimals} unit={symbol} />,
  },
  {
    key: 'amount',
    header: 'Of it frozen',
    align: 'right',
    cell: ({ frozenAmount, decimals }) =>
      frozenAmount === '0' ? '–' : <Amount value={frozenAmount} decimals={decimals} />,
  },
  {
    key: 'freeze',
    header: 'Freeze of the account',
    wrap: true,
    cell: ({ frozen, until }) =>
      frozen ? (until === null ? 'Frozen until it is lifted' : `Frozen until ${momentOf(until)}`) : 'None',
  },
]

const factItems = (facts: MeasureProposalPage['facts']): SummaryItem[] =>
  facts.map(({ term, text, isAddress }) => ({
    term,
    detail: isAddress ? <WholeAddress address={text} /> : text,
  }))

/** How it stands before anything is proposed. */
export function HoldingsNow({ page: { customer, subject, facts } }: { page: MeasureProposalPage }) {
  if (subject) {
    const { name, symbol, address, paused, until } = subject
    const state = paused
      ? until === null
        ? 'Paused until it is lifted'
        : `Paused until ${momentOf(until)}`
      : 'Open'
    return (
      <SummaryList
        items={[
          { term: 'Instrument', detail: `${symbol} · ${name}` },
          {
            term: 'Address',
            detail: <WholeAddress address={address} />,
          },
          { term: 'Stands now', detail: state },
          ...factItems(facts),
        ]}
      />
    )
  }
  if (!customer) return facts.length > 0 ? <SummaryList items={factItems(facts)} /> : null
  const { name, firmName, identity, flagged, country, holdings } = customer
  return (
    <>
      <SummaryList
        items={[
          { term: 'Customer', detail: `${name}${firmName ? ` of ${firmName}` : ''}` },
          {
            term: 'Identity',
            detail: <WholeAddress address={identity} />,
          },
          { term: 'Country', detail: country },
          { term: 'Screening', detail: flagged ? 'Flagged' : 'Not flagged' },
        ]}
      />
      <Card title="How it stands now" id="now" flush>
        <DataTable
          caption="What the customer’s accounts hold and what of it is frozen"
          columns={columns}
          rows={holdings}
          rowKey={({ account, instrument }) => account + instrument}
          empty="The customer holds nothing, and nothing is frozen."
        />
      </Card>
    </>
  )
}
