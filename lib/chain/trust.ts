import type { Address, PublicClient } from 'viem'
import { identityRegistryAbi } from './generated/identity-registry'

/** Whose claims count, as the registry holds it now. */

export const readTrusted = (client: PublicClient, registry: Address, issuer: Address, topic: bigint) =>
  client.readContract({
    ...{ address: registry, abi: identityRegistryAbi },
    ...{ functionName: 'hasClaimTopic', args: [issuer, topic] },
  })

export const readClaimTopics = (client: PublicClient, registry: Address): Promise<readonly bigint[]> =>
  client.readContract({ address: registry, abi: identityRegistryAbi, functionName: 'getClaimTopics' })
