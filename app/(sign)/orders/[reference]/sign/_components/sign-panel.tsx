'use client'

import { useEffect, useState } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import type { ChainChecks } from '@/components/wallet/order-checks'
import type { Wallet } from '@/components/wallet/use-wallet'
import { WalletGate } from '@/components/wallet/wallet-gate'
import { checksum } from '@/lib/format/address'
import type { SigningPage } from '@/lib/queries/signing'
import { useSigning } from './use-signing'

type Props = {
  page: SigningPage
  checks: ChainChecks | undefined
  /** Tries it once more, on the newest block. */
  ask: () => Promise<ChainChecks | undefined>
  onAccount: (account: string) => void
}

export function SignPanel(props: Props) {
  return (
    <WalletGate wanted={props.page.wallets}>
      {({ wallet, account }) => <Signing key={account} {...props} wallet={wallet} account={account} />}
    </WalletGate>
  )
}

function Signing({
  page,
  checks,
  ask,
  onAccount,
  wallet,
  account,
}: Props & { wallet: Wallet; account: string }) {
  const [compared, setCompared] = useState(false)
  const { sign, isPending, outcome } = useSigning(page, wallet, account, ask)
  useEffect(() => onAccount(account), [account, onAccount])
  const wouldFail = checks?.trial?.passes === false
  const verb = page.act === 'propose' ? 'Sign' : wouldFail ? 'Send all the same' : 'Sign and send'
  return (
    <div className="space-y-3 text-14">
      <Checkbox
        name="compared"
        label={
          wouldFail
            ? 'I have compared the wallet with this page, and I know that the contract would refuse this.'
            : 'I have compared the wallet with this page.'
        }
        checked={compared}
        onChange={(event) => setCompared(event.target.checked)}
      />
      {outcome && (
        <Notice status={outcome.status} title={outcome.title} live="assertive">
          {outcome.text}
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          kind={wouldFail ? 'danger' : 'primary'}
          size="large"
          className="h-auto py-2 whitespace-normal"
          disabled={!compared || !checks || isPending}
          onClick={() => void sign()}
        >
          {isPending ? 'Look into your wallet…' : verb}
        </Button>
        {page.act === 'execute' && page.signatures > 1 && (
          <ButtonLink size="large" href={`/orders/${page.reference}#moves`}>
            Reject…
          </ButtonLink>
        )}
      </div>
      <p className="text-12 text-secondary">
        With {wallet.name}, <span className="font-mono [overflow-wrap:anywhere]">{checksum(account)}</span>{' '}
        <Button kind="quiet" size="small" className="-ml-2.5" onClick={wallet.disconnect}>
          Use another wallet
        </Button>
      </p>
    </div>
  )
}
