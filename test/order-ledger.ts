import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createWalletClient, type Hex, http, keccak256, stringToHex, toHex } from 'viem'
import { createChainClient } from '@/lib/chain/client'
import { deployLedger } from '@/lib/chain/deploy'
import { identityRegistryAbi } from '@/lib/chain/generated/identity-registry'
import { createRpc } from '@/lib/chain/rpc'
import { workerPool } from '@/lib/db/client'
import { chainConfigOf } from '@/lib/indexer/config'
import { catchUp, openSession } from '@/lib/indexer/sync'
import { demonstrationAccount, foundingOfficers, wallets } from '@/prisma/seed/acts'
import { seedPeople } from '@/prisma/seed/people'
import { startAnvil } from './chain'
import { setEnvironment } from './environment'

export type OrderLedger = Awaited<ReturnType<typeof startOrderLedger>>

export const firm = { id: 7, name: 'Northgate Bank', lei: '529900T8BM49AURSDO55' }
export const customer = keccak256(toHex('customer')).slice(0, 42) as Hex
/** Whoever signs as this index of the test mnemonic. */
export const signers = { ...wallets, stranger: 5 }

/**
 * A real ledger with one firm, one pending customer and two tiers, indexed into the database of this file, and the
 * environment pointing at it. Mining is at once, so that a test is where it says it is.
 */
export async function startOrderLedger() {
  const chain = await startAnvil()
  const client = createChainClient(chain.rpcUrl)
  const walletOf = (index: number) =>
    createWalletClient({ account: demonstrationAccount(index), transport: http(chain.rpcUrl) })
  const bound = { transfer: 100_000n, day: 1_000_000n, month: 5_000_000n, balance: 'none' } as const
  const deployment = await deployLedger({
    walletClient: walletOf(signers.administrator),
    publicClient: client,
    officers: foundingOfficers,
    instruments: [
      { name: 'US dollar', symbol: 'USD', decimals: 2, rate: { numerator: 1n, denominator: 1n } },
    ],
    tiers: [1, 2].map((tier) => ({ tier, ...bound })),
  })

  const place = mkdtempSync(join(tmpdir(), 'plimsoll-orders-'))
  const file = join(place, 'deployment.json')
  writeFileSync(file, JSON.stringify(deployment))
  setEnvironment({ RPC_URL: chain.rpcUrl, CHAIN_ID: String(chain.chainId), DEPLOYMENT_FILE: file })
  await seedPeople({ chainId: chain.chainId })

  /** @returns the receipt; a revert is one too and no error. */
  async function send(index: number, call: { to: Hex; data: Hex; value?: bigint }) {
    const hash = await walletOf(index).sendTransaction({
      ...call,
      chain: null,
      gasPrice: 0n,
      gas: 2_000_000n,
    })
    return client.waitForTransactionReceipt({ hash })
  }
  const operator = walletOf(signers.operator)
  const registry = {
    address: deployment.registry,
    abi: identityRegistryAbi,
    chain: null,
    gasPrice: 0n,
  } as const
  const lei = stringToHex(firm.lei, { size: 20 })
  await operator.writeContract({ ...registry, functionName: 'registerFirm', args: [firm.id, lei, firm.name] })
  const account = demonstrationAccount(signers.stranger).address
  const hash = await operator.writeContract({
    ...registry,
    functionName: 'register',
    args: [account, customer, firm.id, 826],
  })
  await client.waitForTransactionReceipt({ hash })

  const config = chainConfigOf(deployment, 0)
  const source = { rpc: createRpc(chain.rpcUrl), verification: config.verification, watch: config.watch }
  const session = await openSession(workerPool(), source, config, { announce: false })
  /** What the worker does, up to the newest block. */
  const index = async () => catchUp(session, await client.getBlockNumber())
  await index()

  const stop = async () => {
    await chain.stop()
    rmSync(place, { recursive: true, force: true })
  }
  return { chain, client, deployment, send, index, stop, signer: demonstrationAccount }
}
