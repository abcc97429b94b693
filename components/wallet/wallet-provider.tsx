'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { WagmiProvider } from 'wagmi'
import { createWalletConfig, type WalletChain } from './config'

type Props = {
  chain: WalletChain
  /** Whether the demonstration wallet is offered; its code is fetched only then. */
  demonstration: boolean
  children: ReactNode
}

/** Around the parts of a page that talk to a wallet, and around no others. */
export function WalletProvider({ chain, demonstration, children }: Props) {
  const [config] = useState(() => createWalletConfig(chain))
  const [queryClient] = useState(() => new QueryClient())
  useEffect(() => {
    if (!demonstration) return
    let withdraw: (() => void) | undefined
    let gone = false
    void import('./demonstration/announce').then(({ announceDemonstrationWallet }) => {
      if (!gone) withdraw = announceDemonstrationWallet(chain.id)
    })
    return () => {
      gone = true
      withdraw?.()
    }
  }, [demonstration, chain.id])
  return (
    <WagmiProvider config={config} reconnectOnMount>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </WagmiProvider>
  )
}
