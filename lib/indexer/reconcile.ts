import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { decodeFunctionResult, encodeFunctionData, erc20Abi, type Hex, numberToHex, pad } from 'viem'
import { identityRegistryAbi } from '../chain/generated/identity-registry'
import { limitPolicyAbi } from '../chain/generated/limit-policy'
import { type Answer, type Rpc, resultOf } from '../chain/rpc'
import { firstHour, usedIn } from '../compliance/limits'
import type { Sql } from '../db/ledger/bulk'
import { findCursor, type Position } from '../db/ledger/chain'
import {
  findReconciledBlock,
  insertReconciliation,
  listSupplies,
  type Mismatch,
  type Standing,
  sampleFlows,
  sampleHoldings,
  sampleStandings,
} from '../db/ledger/reconciliation'
import { inTransaction } from '../db/ledger/transaction'
import type { Job } from './jobs'
import { askHolds, askPauses, type Question } from './reconcile-controls'
import { lower, type Watch } from './watch'

const mostHoldings = 200
const mostOthers = 40
/** Blocks that the index may lag behind and still be compared. */
const mostBehind = 20

export function reconcileJob(pool: Pool, rpc: Rpc, chainId: number, watch: Watch): Job {
  return { name: 'reconcile', everyMs: 60_000, run: () => reconcile(pool, rpc, chainId, watch) }
}

/** Re-reads a part of the ledger from the chain at the hash of the last indexed block, and keeps the comparison. */
export async function reconcile(pool: Pool, rpc: Rpc, chainId: number, watch: Watch): Promise<void> {
  const snapshot = await inTransaction(pool, async (sql) => {
    await sql.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    const cursor = await findCursor(sql, chainId)
    return cursor && { cursor, ...(await questions(sql, chainId, cursor, watch)) }
  })
  // While the index is filling up there is nothing whole to compare.
  if (!snapshot || Number(await rpc.call('eth_blockNumber')) - Number(snapshot.cursor.number) > mostBehind)
    return
  const { cursor, asked, mismatches } = snapshot
  const differing = await findDiffering(rpc, cursor.hash, asked).catch(async (error) => {
    // A chain that rolled back has nothing at the pinned block: the next run has another, and there is no fault.
    if ((await rpc.call('eth_getBlockByHash', cursor.hash, false)) === null) return undefined
    throw error
  })
  if (!differing) return
  mismatches.push(
    ...differing.map(({ asked: { what, subject, ledger }, chain }) => ({ what, subject, ledger, chain })),
  )
  const { number: blockNumber, hash: blockHash } = cursor
  await insertReconciliation(pool, chainId, { blockNumber, blockHash, checked: asked.length, mismatches })
}

async function findDiffering(rpc: Rpc, blockHash: Hex, asked: Question[]) {
  const differing = await differences(rpc, blockHash, asked)
  // Some nodes answer for a pinned block out of the state they are just changing. What a block says does not change:
  // a difference that a second reading does not find was the node's.
  if (differing.length > 0) await pause(1_000)
  const doubted = differing.map(({ asked }) => asked)
  return differences(rpc, blockHash, doubted)
}

async function differences(rpc: Rpc, blockHash: Hex, questions: Question[]) {
  const answers = await rpc.batch(
    questions.map(({ to, data }) => ({ method: 'eth_call', params: [{ to, data }, { blockHash }] })),
  )
  return questions.flatMap((asked, index) => {
    const chain = readAnswer(answers[index]!, asked.read)
    return chain === asked.ledger ? [] : [{ asked, chain }]
  })
}

/** A contract that refuses or is not there is a finding; a node that cannot answer is not, and ends the run. */
function readAnswer(answer: Answer, read: (data: Hex) => string): string {
  if ('error' in answer && /revert/i.test(answer.error.message)) return 'reverted'
  const data = resultOf('eth_call', answer) as Hex
  return data === '0x' ? 'no contract' : read(data)
}

async function questions(sql: Sql, chainId: number, cursor: Position, watch: Watch) {
  const since = await findReconciledBlock(sql, chainId)
  const mismatches: Mismatch[] = []
  const asked: Question[] = []
  const isFull = (instrument: Hex) => watch.instruments.get(instrument)?.history === 'full'

  for (const { instrument, symbol, supply, held } of await listSupplies(sql, chainId)) {
    if (!isFull(instrument)) continue
    const sums = { what: 'sum of balances', subject: symbol, ledger: String(held), chain: String(supply) }
    if (held !== supply) mismatches.push(sums)
    asked.push(question('total supply', symbol, instrument, 'totalSupply', [], supply))
  }
  for (const { instrument, account, amount } of await sampleHoldings(sql, chainId, since, mostHoldings)) {
    if (!isFull(instrument)) continue
    const symbol = watch.instruments.get(instrument)!.symbol
    asked.push(question('balance', `${symbol} ${account}`, instrument, 'balanceOf', [account], amount))
  }
  if (watch.registry) asked.push(...(await askStandings(sql, chainId, since, watch.registry)))
  asked.push(...(await askHolds(sql, chainId, since, mostOthers, watch)), ...(await askPauses(sql, chainId)))
  if (watch.policy) asked.push(...(await askUses(sql, chainId, cursor.time, watch.policy)))
  return { asked, mismatches }
}

function question(
  what: string,
  subject: string,
  to: Hex,
  functionName: 'totalSupply' | 'balanceOf',
  args: readonly Hex[],
  ledger: bigint,
): Question {
  const data = encodeFunctionData({ abi: erc20Abi, functionName, args: args as never })
  const read = (result: Hex) => String(decodeFunctionResult({ abi: erc20Abi, functionName, data: result }))
  return { what, subject, to, data, ledger: String(ledger), read }
}

async function askStandings(sql: Sql, chainId: number, since: bigint, registry: Hex): Promise<Question[]> {
  const abi = identityRegistryAbi
  const functionName = 'standingOf'
  const standings = await sampleStandings(sql, chainId, since, mostOthers)
  return standings.map((standing) => ({
    what: 'KYC standing',
    subject: standing.address,
    to: registry,
    data: encodeFunctionData({ abi, functionName, args: [standing.address] }),
    ledger: inWords(standing),
    read: (data) => {
      const found = decodeFunctionResult({ abi, functionName, data })
      return inWords({ ...found, address: lower(found.identity), firmId: found.firm })
    },
  }))
}

const inWords = ({ address, firmId, country, status, tier, expiry, flagged }: Standing) =>
  `${address} firm ${firmId} country ${country} status ${status} tier ${tier} expiry ${expiry}${flagged ? ' flagged' : ''}`

/** `now` in UNIX seconds: the time of the pinned block, which is what the contract goes by too. */
async function askUses(sql: Sql, chainId: number, now: bigint, policy: Hex): Promise<Question[]> {
  const abi = limitPolicyAbi
  const functionName = 'usedOf'
  const flows = await sampleFlows(sql, chainId, firstHour('month', now), mostOthers)
  return flows.flatMap(({ scope, subject, buckets }) =>
    (['day', 'month'] as const).map((window, index) => ({
      what: `used in the ${window}`,
      subject: scope === 0 ? subject : `firm ${subject}`,
      to: policy,
      data: encodeFunctionData({ abi, functionName, args: [scope, wordOf(scope, subject), index + 1] }),
      ledger: String(usedIn(window, buckets, now)),
      read: (data: Hex) => String(decodeFunctionResult({ abi, functionName, data })),
    })),
  )
}

const wordOf = (scope: number, subject: string): Hex =>
  scope === 0 ? pad(subject as Hex, { size: 32 }) : numberToHex(BigInt(subject), { size: 32 })
