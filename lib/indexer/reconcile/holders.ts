import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem'
import { callAt } from '../../chain/call-at'
import { identityRegistryAbi } from '../../chain/generated/identity-registry'
import { type Rpc, resultOf } from '../../chain/rpc'
import type { Sql } from '../../db/ledger/bulk'
import type { Position } from '../../db/ledger/chain'
import { listHolders } from '../../db/ledger/compared'
import type { IneligibleHolder } from '../../db/ledger/reconciliation'

const pageSize = 500
const verified = 2
const abi = identityRegistryAbi
const functionName = 'standingOf'

/**
 * Customers who hold something and may not move it at this block, and why. Nobody is told when that happens: a claim is
 * revoked at its issuer, an issuer loses trust, a decision runs out, and no event of the instrument says so.
 */
export async function findIneligibleHolders(
  sql: Sql,
  rpc: Rpc,
  chainId: number,
  at: Position,
  registry: Hex,
): Promise<IneligibleHolder[]> {
  const found: IneligibleHolder[] = []
  for (let beyond = ''; ; ) {
    const holders = await listHolders(sql, chainId, beyond, pageSize)
    const calls = holders.map(({ identity }) =>
      callAt(at.hash, { to: registry, data: encodeFunctionData({ abi, functionName, args: [identity] }) }),
    )
    const answers = await rpc.batch(calls)
    for (const [index, holder] of holders.entries()) {
      const reason = lapseOf(resultOf('eth_call', answers[index]!) as Hex, at.time)
      if (reason) found.push({ ...holder, reason, blockNumber: at.number })
    }
    if (holders.length < pageSize) return found
    beyond = holders.at(-1)!.identity
  }
}

/** In the order in which an instrument asks. `now` in UNIX seconds. */
function lapseOf(data: Hex, now: bigint): IneligibleHolder['reason'] | undefined {
  const { identity, status, expiry, flagged, claimed } = decodeFunctionResult({ abi, functionName, data })
  if (BigInt(identity) === 0n) return 'unknown'
  if (status !== verified) return 'not-verified'
  if (now >= expiry) return 'expired'
  if (flagged) return 'flagged'
  return claimed ? undefined : 'claim'
}
