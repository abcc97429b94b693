'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { useSignText } from '@/components/wallet/use-sign-text'
import { WalletGate } from '@/components/wallet/wallet-gate'
import { WalletProvider } from '@/components/wallet/wallet-provider'
import { walletTrouble } from '@/components/wallet/wallet-words'
import { checksum } from '@/lib/format/address'
import { prepareWalletBindingAction, submitWalletBindingAction } from '../actions'

type Props = { chain: { id: number; name: string }; demonstration: boolean; bound: string[] }

export function BindWallet({ chain, demonstration, bound }: Props) {
  const [isOpen, setOpen] = useState(false)
  if (!isOpen) return <Button onClick={() => setOpen(true)}>Bind a wallet</Button>
  return (
    <WalletProvider chain={chain} demonstration={demonstration}>
      <WalletGate>
        {({ account }) => <SignToBind key={account} account={account} isBound={bound.includes(account)} />}
      </WalletGate>
    </WalletProvider>
  )
}

type Outcome = { status: 'compliant' | 'warning' | 'closed'; title: string; text?: string }

function SignToBind({ account, isBound }: { account: `0x${string}`; isBound: boolean }) {
  const router = useRouter()
  const signText = useSignText()
  const [isPending, start] = useTransition()
  const [outcome, setOutcome] = useState<Outcome>()

  const bind = () =>
    start(async () => {
      const prepared = await prepareWalletBindingAction({ address: account })
      if (!prepared.ok) return setOutcome({ status: 'warning', title: prepared.refusal.message })
      let signature: string
      try {
        signature = await signText(prepared.value.message, account)
      } catch (error) {
        const { title, text } = walletTrouble(error)
        return setOutcome({ status: 'closed', title, text })
      }
      const result = await submitWalletBindingAction({ message: prepared.value.message, signature })
      if (!result.ok) return setOutcome({ status: 'warning', title: result.refusal.message })
      setOutcome({ status: 'compliant', title: 'This wallet is bound to you.' })
      router.refresh()
    })

  return (
    <div className="space-y-3">
      <p>
        Your wallet offers{' '}
        <span className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">{checksum(account)}</span>. It
        will ask you to sign a text that names this portal. Signing it approves nothing on the chain.
      </p>
      {outcome && (
        <Notice status={outcome.status} title={outcome.title} live="polite">
          {outcome.text}
        </Notice>
      )}
      {isBound ? (
        <p className="text-secondary">It is bound to you already.</p>
      ) : (
        <Button kind="primary" onClick={bind} disabled={isPending}>
          {isPending ? 'Waiting for your wallet…' : 'Sign and bind this wallet'}
        </Button>
      )}
    </div>
  )
}
