import { zeroAddress } from '@/lib/format/address'
import { groupDigits } from '@/lib/format/number'
import type { OrderedDto, TransferPageDto } from '@/lib/queries/transfer'
import type { Party, TransferRow } from '@/lib/queries/transfer-row'
import { Address } from '../ui/address'
import { Amount } from '../ui/amount'
import { Card } from '../ui/card'
import { Link } from '../ui/link'
import { SummaryList } from '../ui/summary-list'
import { Time } from '../ui/time'
import { accountHref, blockHref, customerHref, firmHref } from './transfer-link'

export function TransferFacts({ page }: { page: TransferPageDto }) {
  const { row, value, refusal, order } = page
  const { symbol, decimals, address } = row.instrument
  return (
    <Card title="Parties and amount">
      <SummaryList
        items={[
          { term: 'Amount', detail: <Amount value={row.amount} decimals={decimals} unit={symbol} /> },
          // What moves without the holder uses up no limit of theirs.
          ...(value && row.cause !== 'forced' && row.cause !== 'recovery'
            ? [{ term: 'Counts against limits as', detail: <Amount value={value} decimals={2} unit="USD" /> }]
            : []),
          { term: 'From', detail: <PartyDetail party={row.from} nobody="Issued: nobody sent it" /> },
          { term: 'To', detail: <PartyDetail party={row.to} nobody="Redeemed: nobody holds it now" /> },
          ...(order ? [{ term: 'By order', detail: <ByOrder order={order} row={row} /> }] : []),
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

/** On whose word it moved without the holder. */
function ByOrder({ order, row }: { order: OrderedDto; row: TransferRow }) {
  const { reference, reason, proposer, approver, frozenMoved } = order
  const { decimals, symbol } = row.instrument
  return (
    <>
      {reference ? (
        <Link href={`/orders/${reference}`} className="underline">
          {reference}
        </Link>
      ) : (
        'An order from elsewhere'
      )}
      {reason && ` · ${reason}`}
      {proposer && approver && (
        <span className="block">
          Proposed by {proposer}, approved by {approver}
        </span>
      )}
      {frozenMoved !== '0' && (
        <span className="block">
          Of it frozen until then: <Amount value={frozenMoved} decimals={decimals} unit={symbol} />
        </span>
      )}
    </>
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
