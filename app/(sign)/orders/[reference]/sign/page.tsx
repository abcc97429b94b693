import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { followOrderAction } from '@/app/(portal)/orders/actions'
import { OrderChange } from '@/components/orders/order-change'
import { OrderFollower } from '@/components/orders/order-follower'
import { OrderState } from '@/components/orders/order-state'
import { Link } from '@/components/ui/link'
import { Mark } from '@/components/ui/mark'
import { Notice } from '@/components/ui/notice'
import { Stepper } from '@/components/ui/stepper'
import { Time } from '@/components/ui/time'
import { isRejectReason } from '@/lib/acts/orders.schema'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getSigningPage, type SigningPage } from '@/lib/queries/signing'
import { SigningDesk } from './_components/signing-desk'

type Props = {
  params: Promise<{ reference: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Sign order ${(await params).reference}` }
}

export default async function SignPageView({ params, searchParams }: Props) {
  const officer = await requireOfficer()
  const { reference } = await params
  const { act, reason } = await searchParams
  const result = await getSigningPage(officer, reference, {
    act: typeof act === 'string' ? act : undefined,
    reason: typeof reason === 'string' && isRejectReason(reason) ? reason : undefined,
  })
  if (!result.ok) notFound()
  const page = result.value
  return (
    <>
      <OrderFollower
        reference={reference}
        moving={page.moving}
        closed={page.closed}
        follow={followOrderAction}
      />
      <header className="mb-5 flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-hairline pb-3.5">
        <Mark />
        <span className="font-semibold">Plimsoll</span>
        <span className="text-secondary">
          Order {reference} · {place(page)}
        </span>
        <Link href={`/orders/${reference}`} className="ml-auto">
          {page.payload ? 'Leave without signing' : 'Back to the order'}
        </Link>
      </header>
      <h1 className="text-24 font-semibold">{heading(page)}</h1>
      <p className="mb-4 text-16 text-secondary">
        <Subtitle page={page} />
      </p>
      <div className="space-y-4">
        <OrderState order={page} />
        <OrderChange words={page.words} />
      </div>
      {page.act === 'reject' && page.payload && !page.claims.rejectReason ? (
        <div className="mt-6">
          <Notice status="warning" title="A rejection needs a reason">
            <Link href={`/orders/${reference}`}>Choose one on the order’s page</Link>
          </Notice>
        </div>
      ) : (
        <SigningDesk page={page} />
      )}
      <div className="mt-6">
        <Stepper label="How far this order is" steps={page.steps} />
      </div>
    </>
  )
}

function place({ act, signatures }: SigningPage): string {
  if (act === 'cancel') return 'cancellation'
  if (act === 'reject') return 'rejection'
  if (signatures === 1) return 'one signature'
  return act === 'propose' ? 'signature 1 of 2' : 'approval 2 of 2'
}

function heading({ act, signatures, words }: SigningPage): string {
  if (act === 'propose') return `You propose ${words.object}`
  if (act === 'cancel') return `You cancel ${words.object}`
  if (act === 'reject') return `You reject ${words.object}`
  return signatures > 1 ? `You approve ${words.object}` : words.title
}

function Subtitle({ page }: { page: SigningPage }) {
  const { act, signatures, proposer, createdAt } = page
  if (act === 'propose') return 'You are the first person. Nothing changes until a second one approves.'
  if (act === 'cancel') return 'You proposed it. After this nobody can use your signature any more.'
  if (signatures === 1) return 'For this kind of order one signature is enough. It is yours.'
  return (
    <>
      Proposed by {proposer.name ?? 'another officer'}, <Time at={createdAt} as="age" />. You are the second
      person; you cannot be the first.
    </>
  )
}
