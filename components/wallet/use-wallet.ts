'use client'

import type { EIP1193Provider } from 'viem'
import { useChains, useConnection, useDisconnect, useSwitchChain } from 'wagmi'

/** A wallet as this page sees it. */
export type Wallet = {
  status: 'connected' | 'connecting' | 'none'
  name: string
  icon: string | undefined
  /** All accounts the wallet lets us see, in lower case; the first is the one it shows as active. */
  accounts: `0x${string}`[]
  chain: { id: number; name: string }
  onRightChain: boolean
  switchChain: () => Promise<unknown>
  disconnect: () => void
  /** Straight to the wallet, so that it gets to the byte what was checked before. */
  request: (call: { method: string; params: unknown[] }) => Promise<unknown>
}

export function useWallet(): Wallet {
  const connection = useConnection()
  const [chain] = useChains()
  const { mutateAsync: switchChainAsync } = useSwitchChain()
  const { mutate: disconnect } = useDisconnect()
  const { connector } = connection
  const connected = connection.status === 'connected'
  return {
    // While a wallet is being chosen there is none yet: what it answers is said in the dialog where it was chosen.
    status: connected ? 'connected' : connection.status === 'reconnecting' ? 'connecting' : 'none',
    name: connector?.name ?? '',
    icon: connector?.icon,
    accounts: (connection.addresses ?? []).map((address) => address.toLowerCase() as `0x${string}`),
    chain: { id: chain.id, name: chain.name },
    onRightChain: connected && connection.chainId === chain.id,
    switchChain: () => switchChainAsync({ chainId: chain.id }),
    disconnect: () => disconnect({}),
    request: async (call) => {
      if (!connector) throw new Error('No wallet is connected')
      const provider = (await connector.getProvider()) as EIP1193Provider
      return (provider.request as (call: { method: string; params: unknown[] }) => Promise<unknown>)(call)
    },
  }
}
