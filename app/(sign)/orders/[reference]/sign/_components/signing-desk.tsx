'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'
import { orderFacts } from '@/components/orders/order-facts'
import { WholeAddress } from '@/components/ui/address'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/chip'
import { Notice } from '@/components/ui/notice'
import { SummaryList } from '@/components/ui/summary-list'
import { type ChainChecks, checkOnChain, readAgain } from '@/components/wallet/order-checks'
import { WalletProvider } from '@/components/wallet/wallet-provider'
import { groupDigits } from '@/lib/format/number'
import type { SigningPage } from '@/lib/queries/signing'
import { SignPanel } from './sign-panel'
import { WalletPreview } from './wallet-preview'

type Asked = { state: 'asking' | 'silent' } | { state: 'answered'; checks: ChainChecks }

/** Everything that has to agree before a wallet is asked, and then the wallet. */
export function SigningDesk({ page }: { page: SigningPage }) {
  const read = useMemo(() => readAgain(page), [page])
  const [asked, setAsked] = useState<Asked>({ state: 'asking' })
  const [account, setAccount] = useState<string>()
  const from = account ?? page.wallets[0]

  const ask = useCallback(async () => {
    try {
      const checks = await checkOnChain(page, from)
      setAsked({ state: 'answered', checks })
      return checks
    } catch {
      setAsked({ state: 'silent' })
    }
  }, [page, from])
  useEffect(() => {
    if (page.payload) void ask()
  }, [ask, page.payload])

  if (!page.payload) {
    return (
      <div className="mt-6 grid gap-8 md:grid-cols-[1.35fr_1fr]">
        {!page.permit.allowed && !page.moving && (
          // On a narrow screen before the facts, which are long.
          <div className="md:order-last">
            <Nothing permit={page.permit} />
          </div>
        )}
        <SummaryList items={[...orderFacts(page), ...contractFacts(page)]} />
      </div>
    )
  }

  const disagreements = read.ok ? read.reading.disagreements : [read.why]
  const checks = asked.state === 'answered' ? asked.checks : undefined
  const stopped = disagreements.length > 0 || checks?.codeKnown === false
  return (
    <div className="mt-6 grid gap-8 text-16 md:grid-cols-[1.35fr_1fr]">
      <div className="min-w-0">
        <SummaryList
          items={[
            ...orderFacts(page),
            ...contractFacts(page),
            { term: 'Code of the contract', detail: <Code asked={asked} /> },
            { term: 'Simulation', detail: <Simulation asked={asked} again={ask} /> },
            {
              term: 'Second reading',
              detail:
                disagreements.length === 0 ? (
                  <Chip status="compliant">Two decoders agree</Chip>
                ) : (
                  <Chip status="breach">The decoders disagree</Chip>
                ),
            },
          ]}
        />
      </div>
      <div className="min-w-0 space-y-4">
        {disagreements.length > 0 && (
          <Notice status="breach" title="Stop. Do not sign this." live="assertive">
            <p>What the wallet would get is not what this page says:</p>
            <ul className="mt-1 list-disc pl-5 [overflow-wrap:anywhere]">
              {disagreements.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Notice>
        )}
        {checks?.codeKnown === false && (
          <Notice
            status="breach"
            title="Stop. The contract is not the one that was deployed."
            live="assertive"
          >
            Its code has another hash than the one on record. Tell your supervisor.
          </Notice>
        )}
        {read.ok && <WalletPreview page={page} reading={read.reading} />}
        {!stopped && read.ok && (
          <WalletProvider
            chain={{ id: page.claims.chainId, name: 'Plimsoll ledger' }}
            demonstration={page.demonstration}
          >
            <SignPanel page={page} checks={checks} ask={ask} onAccount={setAccount} />
          </WalletProvider>
        )}
      </div>
    </div>
  )
}

const contractFacts = ({ contract, target, actsOn, claims }: SigningPage) => [
  {
    term: 'Contract',
    detail: (
      <>
        Orders <br />
        <WholeAddress address={contract} />
      </>
    ),
  },
  {
    term: 'Acts on',
    detail: (
      <>
        {actsOn} <br />
        <WholeAddress address={target} />
      </>
    ),
  },
  { term: 'Chain', detail: String(claims.chainId) },
]

function Code({ asked }: { asked: Asked }) {
  if (asked.state !== 'answered') return <Waiting asked={asked} />
  const { codeKnown, codeHash } = asked.checks
  return (
    <>
      {codeKnown ? <Chip status="compliant">As deployed</Chip> : <Chip status="breach">Not as deployed</Chip>}
      <span className="mt-1 block font-mono text-12 [overflow-wrap:anywhere]">{codeHash}</span>
    </>
  )
}

function Simulation({ asked, again }: { asked: Asked; again: () => Promise<unknown> }) {
  if (asked.state === 'asking') return <Waiting asked={asked} />
  const trial = asked.state === 'answered' ? asked.checks.trial : undefined
  return (
    <div className="space-y-1">
      {asked.state === 'silent' && <Waiting asked={asked} />}
      {asked.state === 'answered' && !trial && 'Not possible for this kind of order'}
      {trial?.passes && <Chip status="compliant">Passes at block {groupDigits(trial.block)}</Chip>}
      {trial && !trial.passes && (
        <>
          <Chip status="warning">Would fail at block {groupDigits(trial.block)}</Chip>
          <p>{trial.why}</p>
        </>
      )}
      <p>
        <Button kind="quiet" size="small" className="-ml-2.5" onClick={() => void again()}>
          Simulate again
        </Button>
      </p>
    </div>
  )
}

const Waiting = ({ asked }: { asked: Asked }) =>
  asked.state === 'asking' ? (
    <Chip status="pending">Asking the chain</Chip>
  ) : (
    <Chip status="warning">The chain does not answer</Chip>
  )

/** While the ledger stands still there is something to sign, and nobody can: that ends by itself. */
function Nothing({ permit }: { permit: Extract<SigningPage['permit'], { allowed: false }> }) {
  const isStill = permit.code === 'standstill'
  const title = isStill ? 'Nothing can be signed now' : 'There is nothing for you to sign here'
  return (
    <Notice status={isStill ? 'warning' : 'info'} title={title}>
      {permit.why}
    </Notice>
  )
}
