'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { checksum } from '@/lib/format/address'
import { ConnectDialog } from './connect-dialog'
import { useWallet, type Wallet } from './use-wallet'
import { type WalletTrouble, walletTrouble } from './wallet-words'

type Ready = { wallet: Wallet; account: `0x${string}` }

type Props = {
  /** Accounts of which one has to sign, in lower case; undefined: any will do. */
  wanted?: readonly string[]
  children: (ready: Ready) => ReactNode
}

/** Shows its children once the right wallet is there on the right chain, and before that what is missing. */
export function WalletGate({ wanted, children }: Props) {
  const wallet = useWallet()
  const [trouble, setTrouble] = useState<WalletTrouble>()

  if (wallet.status === 'connecting') return <p className="text-secondary">Asking your wallet…</p>
  if (wallet.status === 'none') return <ConnectDialog />
  if (!wallet.onRightChain) {
    return (
      <div className="space-y-3">
        <Notice status="warning" title="Your wallet is on another chain" live="polite">
          This ledger is chain {wallet.chain.id} ({wallet.chain.name}). Switch the wallet to it; nothing was
          sent.
        </Notice>
        {trouble && (
          <Notice status="warning" title={trouble.title} live="polite">
            {trouble.text}
          </Notice>
        )}
        <Button
          kind="primary"
          size="large"
          onClick={() =>
            wallet.switchChain().then(
              () => setTrouble(undefined),
              (error) => setTrouble(walletTrouble(error)),
            )
          }
        >
          Switch to chain {wallet.chain.id}
        </Button>{' '}
        <Button size="large" onClick={wallet.disconnect}>
          Use another wallet
        </Button>
      </div>
    )
  }
  const account = wanted ? wallet.accounts.find((each) => wanted.includes(each)) : wallet.accounts[0]
  if (!account) return <WrongAccount wallet={wallet} wanted={wanted ?? []} />
  return <>{children({ wallet, account })}</>
}

function WrongAccount({ wallet, wanted }: { wallet: Wallet; wanted: readonly string[] }) {
  return (
    <div className="space-y-3">
      <Notice status="warning" title="This is not the wallet bound to you" live="polite">
        <p>{wallet.name} offers</p>
        <Addresses list={wallet.accounts} />
        <p className="mt-2">{wanted.length === 1 ? 'Needed is' : 'Needed is one of'}</p>
        <Addresses list={wanted} />
        <p className="mt-2">Choose that account in the wallet. Nothing was signed.</p>
      </Notice>
      <Button size="large" onClick={wallet.disconnect}>
        Use another wallet
      </Button>
    </div>
  )
}

const Addresses = ({ list }: { list: readonly string[] }) => (
  <ul>
    {list.map((address) => (
      <li key={address} className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">
        {checksum(address)}
      </li>
    ))}
  </ul>
)
