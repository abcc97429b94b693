import { type Address, type Hex, type PublicClient, zeroAddress } from 'viem'
import { rolesAbi } from './generated/roles'

/** The role table as it stands now: who a wallet stands for, what it may do, and for whom it acts. */

export type Holder = { person: Hex; roles: bigint }

export async function readHolder(client: PublicClient, table: Address, account: Address): Promise<Holder> {
  const call = { address: table, abi: rolesAbi, args: [account] } as const
  const [person, roles] = await Promise.all([
    client.readContract({ ...call, functionName: 'personOf' }),
    client.readContract({ ...call, functionName: 'rolesOf' }),
  ])
  return { person, roles }
}

/** Undefined where the wallet acts for nobody. Times in UNIX seconds, `until` exclusive; it may have passed. */
export async function readDelegation(client: PublicClient, table: Address, delegate: Address) {
  const { principal, startsAt, until } = await client.readContract({
    ...{ address: table, abi: rolesAbi },
    ...{ functionName: 'delegationOf', args: [delegate] },
  })
  return principal === zeroAddress
    ? undefined
    : { principal: principal.toLowerCase() as Address, startsAt, until }
}
