import type { ReactNode } from 'react'
import { StatusWord } from '@/components/ui/chip'
import { Counted } from '@/components/ui/counted'
import { Link } from '@/components/ui/link'
import { Time } from '@/components/ui/time'
import { formatShortAmount } from '@/lib/format/amount'
import { groupDigits, isCapped, plural, pluralUpTo } from '@/lib/format/number'
import type { IntegrityFacts, OverviewPage } from '@/lib/queries/overview'

/** Four figures that answer "is all well, and what changed", each with the sentence that makes it one. */
export function FactsStrip({ page }: { page: OverviewPage }) {
  const { day, limits, kyc, integrity, side } = page
  const isAuthority = side === 'authority'
  const tried = day.settled + day.refused
  const perThousand = tried === 0 ? 0 : Math.round((day.refused * 1_000) / tried)
  return (
    <section aria-label="Key figures" className="rounded-4 border border-hairline bg-surface">
      <dl className="grid sm:grid-cols-2 lg:grid-cols-4">
        <Fact term="Transfers, last 24 h" href="/transfers">
          <Figure>{groupDigits(day.settled)}</Figure>
          <Note>
            {formatShortAmount(day.value, 2)} USD · {groupDigits(perThousand)} refused per 1,000
          </Note>
        </Fact>
        <Fact term={isAuthority ? 'Firms over 80 % of a limit' : 'Limits over 80 %'} href="/limits">
          <Figure>
            <Counted count={limits.overLine} isCapped={limits.isCapped} />
            {isAuthority && ` of ${groupDigits(limits.of)}`}
          </Figure>
          <Note>{limits.overLine === 0 ? 'All have room' : 'See which below'}</Note>
        </Fact>
        <Fact term="KYC expiring in 30 days" href="/customers?standing=expiring">
          <Figure>
            <Counted count={kyc.expiring} isCapped={isCapped(kyc.expiring)} />
          </Figure>
          <Note>
            {kyc.ineligibleHolders === 0
              ? 'Everybody who holds a balance is eligible'
              : `${pluralUpTo(kyc.ineligibleHolders, 'customer holds', 'customers hold')} a balance and ${
                  kyc.ineligibleHolders === 1 ? 'is' : 'are'
                } not eligible`}
          </Note>
        </Fact>
        {integrity ? <Integrity integrity={integrity} /> : <Indexed page={page} />}
      </dl>
    </section>
  )
}

function Integrity({ integrity }: { integrity: IntegrityFacts }) {
  const { reconciled, nodes, answering, lag } = integrity
  const isWell = reconciled?.mismatches === 0
  return (
    <Fact term="Index against chain" href="/integrity">
      <Figure>
        {!reconciled ? (
          <StatusWord status="pending">Not compared yet</StatusWord>
        ) : isWell ? (
          <StatusWord status="compliant">Reconciled</StatusWord>
        ) : (
          <StatusWord status="breach">{plural(reconciled.mismatches, 'mismatch', 'mismatches')}</StatusWord>
        )}
      </Figure>
      <Note>
        {nodes === 0 ? 'No node known' : `${answering} of ${plural(nodes, 'node')} answering`} · lag{' '}
        {plural(BigInt(lag), 'block')}
        {reconciled && (
          <>
            {' · '}
            <Time at={reconciled.at} as="age" />
          </>
        )}
      </Note>
    </Fact>
  )
}

/** A firm's people do not see the nodes; how fresh their figures are they do. */
function Indexed({ page }: { page: OverviewPage }) {
  return (
    <Fact term="Indexed to">
      <Figure>Block {groupDigits(page.asOf.block)}</Figure>
      <Note>
        <Time at={page.asOf.time} as="age" />
      </Note>
    </Fact>
  )
}

function Fact({ term, href, children }: { term: string; href?: string; children: ReactNode }) {
  return (
    <div className="border-hairline px-4 py-3.5 not-first:border-t sm:not-first:border-t-0 sm:nth-[n+3]:border-t sm:even:border-l lg:not-first:border-l lg:nth-[n+3]:border-t-0">
      <dt className="text-12 text-secondary">
        {href ? (
          <Link href={href} quiet>
            {term}
          </Link>
        ) : (
          term
        )}
      </dt>
      {children}
    </div>
  )
}

const Figure = ({ children }: { children: ReactNode }) => (
  <dd className="mt-0.5 text-20 font-medium tabular-nums">{children}</dd>
)
const Note = ({ children }: { children: ReactNode }) => <dd className="text-12 text-secondary">{children}</dd>
