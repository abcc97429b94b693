import type { Address, Hex, PublicClient } from 'viem'
import type { Deployment } from './deployment'
import { identityRegistryAbi } from './generated/identity-registry'
import type { OrderCore } from './limits'
import { encodeArguments, kindNumber } from './orders'

/** KYC standing on chain: what holds now, and the action of an order that decides it anew. */

/** status as IIdentityRegistry.Status; expiry in UNIX seconds, exclusive, 0 for none. firm 0: unknown identity. */
export const readStanding = (client: PublicClient, deployment: Deployment, identity: Address) =>
  client.readContract({
    address: deployment.registry,
    abi: identityRegistryAbi,
    functionName: 'standingOf',
    args: [identity],
  })

export type KycDecision = { identity: Address; status: number; tier: number; expiry: bigint; evidence: Hex }

export const decideKyc = (deployment: Deployment, decision: KycDecision): OrderCore => ({
  kind: kindNumber('DecideKyc'),
  target: deployment.registry,
  arguments: encodeArguments({ kind: 'DecideKyc', ...decision }),
})
