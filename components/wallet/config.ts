import { custom, defineChain } from 'viem'
import { createConfig, createStorage } from 'wagmi'
import { request } from './rpc'

export type WalletChain = { id: number; name: string }

/**
 * wagmi with nothing but injected wallets found by EIP-6963: no relay, no connector that phones home. Reads go to our
 * own route, which asks who is asking.
 */
export function createWalletConfig({ id, name }: WalletChain) {
  const chain = defineChain({
    id,
    name,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [] } },
  })
  return createConfig({
    chains: [chain],
    connectors: [],
    multiInjectedProviderDiscovery: true,
    transports: { [id]: custom({ request }, { retryCount: 1 }) },
    storage: createStorage({
      key: 'plimsoll-wallet',
      storage: typeof window === 'undefined' ? undefined : window.localStorage,
    }),
    ssr: true,
  })
}
