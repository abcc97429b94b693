import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { OrderChange } from '@/components/orders/order-change'
import { orderFacts } from '@/components/orders/order-facts'
import { OrderFollower } from '@/components/orders/order-follower'
import { OrderState } from '@/components/orders/order-state'
import { WholeAddress } from '@/components/ui/address'
import { Card } from '@/components/ui/card'
import { Chip } from '@/components/ui/chip'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { Raw, RawData } from '@/components/ui/raw-data'
import { Stepper } from '@/components/ui/stepper'
import { SummaryList } from '@/components/ui/summary-list'
import { Time } from '@/components/ui/time'
import { Timeline } from '@/components/ui/timeline'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getOrderPage, type OrderPage } from '@/lib/queries/order'
import type { Moment } from '@/lib/queries/order-timeline'
import { followOrderAction } from '../actions'
import { OrderMoves } from './_components/order-moves'

type Props = { params: Promise<{ reference: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Order ${(await params).reference}` }
}

export default async function OrderPageView({ params }: Props) {
  const officer = await requireOfficer()
  const result = await getOrderPage(officer, (await params).reference)
  if (!result.ok) notFound()
  const order = result.value
  const isAuthority = officer.side === 'authority'
  return (
    <>
      {isAuthority && (
        <OrderFollower
          reference={order.reference}
          moving={order.moving}
          closed={order.closed}
          follow={followOrderAction}
        />
      )}
      <PageHeader
        crumbs={[homeOf(officer), { label: 'Orders', href: '/orders' }, { label: order.reference }]}
        title={order.words.title}
        asOf={order.asOf}
        status={<Chip status={order.phase.status}>{order.phase.word}</Chip>}
      />
      <div className="grid gap-6 lg:grid-cols-[2fr_1fr]">
        <div className="min-w-0 space-y-6">
          <OrderState order={order} />
          <OrderChange words={order.words} />
          <Card title="The order" id="facts">
            <SummaryList items={[...orderFacts(order), ...proposerFacts(order)]} />
          </Card>
          <Stepper label="How far this order is" steps={order.steps} />
          <Parameters order={order} />
        </div>
        <div className="min-w-0 space-y-6">
          {isAuthority && (
            <Card title="What you can do" id="moves">
              <OrderMoves
                reference={order.reference}
                signatures={order.signatures}
                moves={order.moves}
                closed={order.closed}
              />
            </Card>
          )}
          <Card title="What happened" id="timeline">
            <Timeline label="What happened to this order" items={order.timeline.map(momentItem)} />
          </Card>
        </div>
      </div>
    </>
  )
}

const proposerFacts = ({ proposer, signatures }: OrderPage) => [
  {
    term: 'Proposed by',
    detail: (
      <>
        {proposer.name && `${proposer.isViewer ? 'You' : proposer.name} · `}
        <WholeAddress address={proposer.wallet} />
      </>
    ),
  },
  {
    term: 'Signatures needed',
    detail: signatures > 1 ? 'Two, of two different people' : 'One, of the officer who proposes',
  },
]

const momentItem = ({ key, title, at, by, text, status, txHash }: Moment) => ({
  key,
  title,
  status,
  when: (
    <>
      {at && <Time at={at} />}
      {at && by && ' · '}
      {by}
    </>
  ),
  body:
    text || txHash ? (
      <>
        {text && <p>{text}</p>}
        {txHash && <p className="font-mono text-12 [overflow-wrap:anywhere]">{txHash}</p>}
      </>
    ) : undefined,
})

function Parameters({ order }: { order: OrderPage }) {
  const { id, arguments: encoded, legalRef, nonce, calldata, evidence } = order.raw
  return (
    <RawData summary="Parameters and raw data">
      <SummaryList
        items={[
          { term: 'Orders contract', detail: <WholeAddress address={order.contract} /> },
          { term: 'Acts on', detail: <WholeAddress address={order.target} /> },
          ...(evidence ? [{ term: 'Evidence', detail: evidence }] : []),
          { term: 'Order id', detail: <span className="font-mono text-12">{id}</span> },
          { term: 'Legal reference', detail: <span className="font-mono text-12">{legalRef}</span> },
          { term: 'Nonce', detail: <span className="font-mono text-12">{nonce}</span> },
        ]}
      />
      <h3 className="mt-3 mb-1 font-medium">Arguments</h3>
      <Raw>{encoded}</Raw>
      <h3 className="mt-3 mb-1 font-medium">Calldata that carries it out</h3>
      <Raw>{calldata}</Raw>
    </RawData>
  )
}
