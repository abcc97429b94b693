import { createPublicClient, createTestClient, createWalletClient, defineChain, http } from 'viem'
import { deployLedger } from '@/lib/chain/deploy'
import type { Deployment } from '@/lib/chain/deployment'
import { demonstrationAccount, foundingOfficers, wallets } from './acts'
import { instruments, tiers } from './instruments'

/**
 * Deploys the demonstration's contracts on the embedded chain: its officers, three instruments, three tiers. Mines each
 * transaction at once, then leaves mining as `blockSeconds` says.
 */
export async function foundLedger(rpcUrl: string, chainId: number, blockSeconds = 2): Promise<Deployment> {
  const chain = defineChain({
    id: chainId,
    name: 'embedded',
    nativeCurrency: { name: 'none', symbol: '-', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
    fees: { maxPriorityFeePerGas: 0n },
  })
  // anvil fills a tip in even where there is no fee; without that method viem asks the chain's own fee rule above.
  const transport = http(rpcUrl, { methods: { exclude: ['eth_fillTransaction'] } })
  const testClient = createTestClient({ chain, transport, mode: 'anvil' })
  await testClient.setIntervalMining({ interval: 0 })
  await testClient.setAutomine(true)
  const deployment = await deployLedger({
    walletClient: createWalletClient({ chain, transport, account: demonstrationAccount(wallets.operator) }),
    publicClient: createPublicClient({ chain, transport, pollingInterval: 20 }),
    officers: foundingOfficers,
    instruments: [...instruments],
    tiers: tiers.map(({ tier, limits: [transfer, day, month, balance] }) => ({
      tier,
      transfer,
      day,
      month,
      balance,
    })),
  })
  await testClient.setAutomine(false)
  await testClient.setIntervalMining({ interval: blockSeconds })
  return deployment
}
