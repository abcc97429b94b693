import { type Address, type PublicClient, zeroAddress } from 'viem'
import { instrumentAbi } from './generated/instrument'
import { limitPolicyAbi } from './generated/limit-policy'
import { preapprovalAbi } from './generated/preapproval'

/** What stands behind an instrument now: its code, what is scheduled, the way back, its rules and its rate. */

/** Addresses in lower case; undefined where there is none. Times in UNIX seconds. */
export async function readCode(client: PublicClient, instrument: Address) {
  const call = { address: instrument, abi: instrumentAbi } as const
  const [implementation, [scheduled, notBefore], [previous, rollbackUntil], compliance] = await Promise.all([
    client.readContract({ ...call, functionName: 'implementation' }),
    client.readContract({ ...call, functionName: 'scheduledUpgrade' }),
    client.readContract({ ...call, functionName: 'previousImplementation' }),
    client.readContract({ ...call, functionName: 'compliance' }),
  ])
  return {
    implementation: lower(implementation)!,
    scheduled: lower(scheduled),
    notBefore,
    previous: lower(previous),
    rollbackUntil,
    compliance: lower(compliance)!,
  }
}

const lower = (address: Address): Address | undefined =>
  address === zeroAddress ? undefined : (address.toLowerCase() as Address)

/** `numerator` 0: the policy does not know the instrument. */
export async function readRate(client: PublicClient, policy: Address, instrument: Address) {
  const [numerator, denominator] = await client.readContract({
    ...{ address: policy, abi: limitPolicyAbi },
    ...{ functionName: 'rateOf', args: [instrument] },
  })
  return { numerator, denominator }
}

/** UNIX seconds, exclusive; 0 where nothing is approved or it has lapsed. */
export async function readApproved(
  client: PublicClient,
  module: Address,
  { from, to, amount }: { from: Address; to: Address; amount: bigint },
  now: bigint,
) {
  const until = await client.readContract({
    ...{ address: module, abi: preapprovalAbi },
    ...{ functionName: 'approvedUntil', args: [from, to, amount] },
  })
  return until > now ? until : 0n
}
