import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NoWallet } from '@/components/orders/no-wallet'
import { PageHeader } from '@/components/ui/page-header'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getLimitProposalPage } from '@/lib/queries/proposals'
import { ChooseSubject } from './_components/choose-subject'
import { ProposeForm } from './_components/propose-form'

export const metadata: Metadata = { title: 'Propose a limit' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ProposePageView({ searchParams }: Props) {
  const officer = await requireOfficer()
  const search = await searchParams
  const one = (name: string) => (typeof search[name] === 'string' ? search[name] : undefined)
  const result = await getLimitProposalPage(officer, {
    scope: one('scope'),
    subject: one('subject'),
    window: one('window'),
  })
  if (!result.ok) notFound()
  const { asOf, firms, tiers, hasWallet, chosen } = result.value
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Authority', href: '/' },
          { label: 'Limits', href: '/limits' },
          { label: 'Propose a change' },
        ]}
        title={chosen ? `Propose a limit for ${chosen.name}` : 'Propose a limit'}
        asOf={asOf}
      />
      <div className="max-w-160">
        {!hasWallet ? (
          <NoWallet />
        ) : chosen ? (
          <ProposeForm key={`${chosen.scope} ${chosen.subject} ${chosen.window}`} chosen={chosen} />
        ) : (
          <ChooseSubject firms={firms} tiers={tiers} />
        )}
      </div>
    </>
  )
}
