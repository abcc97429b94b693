import { zeroAddress } from '@/lib/format/address'
import { groupDigits } from '@/lib/format/number'
import type { TransferPageDto } from '@/lib/queries/transfer'
import type { Party } from '@/lib/queries/transfer-row'
import { Address } from '../ui/address'
import { Amount } from '../ui/amount'
import { Card } from '../ui/card'
import { Link } from '../ui/link'
import { SummaryList } from '../ui/summary-list'
import { Time } from '../ui/time'
import { accountHref, blockHref, customerHref, firmHref } from './transfer-link'

export function TransferFacts({ page }: { page: TransferPageDto }) {
  const { row, value, refusal } = page
  const { symbol, decimals, address } = row.instrument
  return (
    <Card title="Parties and amount">
      <SummaryList
        items={[
          { term: 'Amount', detail: <Amount value={row.amount} decimals={decimals} unit={symbol} /> },
          ...(value
            ? [{ term: 'Counts against limits as', detail: <Amount value={value} decimals={2} unit="USD" /> }]
            : []),
          { term: 'From', detail: <PartyDetail party={row.from} nobody="Issued: nobody sent it" /> },
          { term: 'To', detail: <PartyDetail party={row.to} nobody="Redeemed: nobody holds it now" /> },
          { term: 'Instrument', detail: <Address address={address} label={symbol} size="full" /> },
          {
            term: 'Block',
            detail: (
              <>
                <Link href={blockHref(row.block)} className="underline">
                  {groupDigits(row.block)}
                </Link>
                , <Time at={row.time} />
              </>
            ),
          },
          ...(refusal && refusal.sender !== row.from.address
            ? [{ term: 'Sent to the chain by', detail: <Address address={refusal.sender} size="full" /> }]
            : []),
        ]}
      />
    </Card>
  )
}

function PartyDetail({ party, nobody }: { party: Party; nobody: string }) {
  const { address, firm, customer } = party
  if (address === zeroAddress) return nobody
  return (
    <div>
      <div>
        {firm && customer ? (
          <Link href={firmHref(firm.id)}>{firm.name}</Link>
        ) : (
          (firm?.name ?? 'Not registered with any firm')
        )}
        {customer && (
          <>
            {' · '}
            <Link href={customerHref(customer.identity)}>{customer.reference}</Link>
          </>
        )}
      </div>
      <Address address={address} href={accountHref(address)} size="full" />
    </div>
  )
}
