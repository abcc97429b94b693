import { type Address, createPublicClient, encodeFunctionData, http } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { Deployment } from '@/lib/chain/deployment'
import { instrumentAbi } from '@/lib/chain/generated/instrument'
import { type InstrumentIndex, instruments, tiers } from './instruments'
import { planWorld } from './plan'
import { type RandomStream, randomStream } from './random'
import type { PlannedCustomer } from './world-plan'

/** One in this many transfers asks for what the ledger refuses. */
const REFUSED_ONE_IN = 18

/**
 * Live traffic of the demonstration: each `send` makes one to three transfers between customers of the world. Reads
 * balances from the chain, so it may stop and go on at any time, and after any other traffic.
 */
export function openTraffic(given: { rpcUrl: string; deployment: Deployment; seed: string; end: number }) {
  const { rpcUrl, deployment, seed, end } = given
  const { customers, openings } = planWorld(seed, end)
  const random = randomStream(`${seed}:traffic:${Date.now()}`)
  const client = createPublicClient({ transport: http(rpcUrl) })
  const able = customers.filter((c) => c.ending === 'verified' || c.ending === 'expiring')
  const pending = customers.filter((c) => c.ending === 'pending')
  const senders = openings.flatMap(({ party, instrument }) => {
    const customer = customers[party.customer]
    return customer && able.includes(customer) && party.account === 0 ? [{ customer, instrument }] : []
  })

  async function sendOne() {
    const { customer, instrument } = random.pick(senders)
    const token = deployment.instruments[instrument]?.address as Address
    const account = privateKeyToAccount(customer.accounts[0]!.key)
    const balance = await client.readContract({
      address: token,
      abi: instrumentAbi,
      functionName: 'balanceOf',
      args: [account.address],
    })
    const { to, units } = choose(random, { customer, instrument, balance, able, pending })
    if (units > balance || to === customer) return undefined
    const nonce = await client.getTransactionCount({ address: account.address, blockTag: 'pending' })
    const raw = await account.signTransaction({
      type: 'eip1559',
      chainId: deployment.chainId,
      nonce,
      gas: 1_500_000n,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
      to: token,
      data: encodeFunctionData({
        abi: instrumentAbi,
        functionName: 'transfer',
        args: [to.accounts[0]!.address, units],
      }),
    })
    return client.sendRawTransaction({ serializedTransaction: raw })
  }

  return {
    /** @returns how many were sent. Throws if the chain does not answer. */
    async send(): Promise<number> {
      let sent = 0
      for (let i = random.between(1, 3); i > 0; i--) if (await sendOne()) sent++
      return sent
    },
    /** Milliseconds until the next: between one and five seconds. */
    rest: () => random.between(1_000, 5_000),
  }
}

type Choice = {
  customer: PlannedCustomer
  instrument: InstrumentIndex
  balance: bigint
  able: PlannedCustomer[]
  pending: PlannedCustomer[]
}

function choose(random: RandomStream, { customer, instrument, balance, able, pending }: Choice) {
  const modest = modestAmount(random, instrument)
  if (random.next() > 1 / REFUSED_ONE_IN) return { to: random.pick(able), units: modest }
  const over = ((tiers[customer.tier - 1]?.limits[0] ?? 0n) * 101n) / 100n
  if (instrument === 0 && over < balance) return { to: random.pick(able), units: over }
  return { to: random.pick(pending), units: modest }
}

/** Mostly tens to thousands of the instrument's currency; one to four bonds. */
function modestAmount(random: RandomStream, instrument: InstrumentIndex): bigint {
  const decimals = instruments[instrument].decimals
  if (decimals === 0) return BigInt(random.between(1, 4))
  return BigInt(Math.floor(10 ** (1 + random.next() * 2.6) * 10 ** decimals))
}
