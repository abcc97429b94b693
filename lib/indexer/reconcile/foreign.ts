import type { Pool } from 'pg'
import { type AbiFunction, type Address, encodeFunctionData, type Hex, parseAbiItem } from 'viem'
import type { Control } from '../../chain/adapters/adapter'
import { adapterOf } from '../../chain/adapters/all'
import { nobody } from '../../chain/call-at'
import type { Rpc } from '../../chain/rpc'
import type { Sql } from '../../db/ledger/bulk'
import { findCursor } from '../../db/ledger/chain'
import { type Hold, listHolds } from '../../db/ledger/compared'
import { inTransaction } from '../../db/ledger/transaction'
import { type ControlRow, listControls, updateControls } from '../../db/ledger/watched-control'
import type { Log } from '../worker/pager'
import { findMismatches, type Question } from './question'

/** Accounts about which a contract is asked before it is believed. */
const mostAsked = 200

const whats: Record<Control['of'], string> = {
  pause: 'paused',
  freeze: 'frozen',
  'frozen-amount': 'frozen amount',
}

/** How a pause, a freeze or a frozen amount stands, asked of a contract that we did not write. */
function question(
  { view, of }: Control,
  to: Address,
  symbol: string,
  ledger: string,
  account?: Address,
): Question {
  const subject = account ? `${symbol} ${account}` : symbol
  const item = parseAbiItem(`function ${view} view returns (uint256)` as 'function f()') as AbiFunction
  const data = encodeFunctionData({ abi: [item], args: account ? [account] : [] })
  return { what: whats[of], subject, to, data, ledger, read: of === 'frozen-amount' ? readAmount : readFlag }
}

const readAmount = (data: Hex): string => (data.length === 66 ? String(BigInt(data)) : 'unreadable')

/** Zero or one: what looks like any other word is no answer to yes or no. */
function readFlag(data: Hex): string {
  const value = data.length === 66 ? BigInt(data) : 2n
  return value > 1n ? 'unreadable' : String(value === 1n)
}

/** Whether an instrument is paused, of those where its contract can be believed to say so. */
export async function askForeignPauses(sql: Sql, chainId: number): Promise<Question[]> {
  const rows = await listControls(sql, chainId)
  return rows.flatMap(({ instrument, symbol, standard, controls, paused }) =>
    (adapterOf(standard)?.controls ?? [])
      .filter(({ view, of }) => of === 'pause' && controls?.includes(view))
      .map((control) => question(control, instrument, symbol, String(paused))),
  )
}

type Asked = { address: Address; symbol: string; standard: string; history: 'full' | 'partial' }

/**
 * What is frozen of an account: by the views that every contract of the kind has, if all that it ever said is known, and
 * by those that this one was found to answer truly. `controls`: see `settleControls`.
 */
export function askForeignHold(hold: Hold, of: Asked, controls: readonly string[]): Question[] {
  const adapter = adapterOf(of.standard)
  const told = of.history === 'full' ? (adapter?.tells ?? []) : []
  return (adapter?.controls ?? [])
    .filter(
      (control) => control.of !== 'pause' && (told.includes(control.view) || controls.includes(control.view)),
    )
    .map((control) => holdQuestion(control, hold, of.address, of.symbol))
}

function holdQuestion(
  control: Control,
  { account, until, amount }: Hold,
  to: Address,
  symbol: string,
): Question {
  const ledger = control.of === 'freeze' ? String(until !== 0n) : String(amount)
  return question(control, to, symbol, ledger, account)
}

/**
 * Finds out, once after an instrument of others was taken up, what it can be asked of its pause and its frozen accounts:
 * the views that it has and that say what its events said. What it said differently on that day it may never have told
 * (a contract can begin paused), so that is not held against it; from then on every difference is. One that cannot be
 * asked keeps no other waiting, and is asked again the next time.
 */
export async function settleControls(pool: Pool, rpc: Rpc, chainId: number, log: Log): Promise<void> {
  for (const { instrument } of await listUnsettled(pool, chainId)) {
    try {
      await settle(pool, rpc, chainId, instrument)
    } catch (error) {
      log.warn({ instrument, error: String(error) }, 'what it says of its controls is not known yet')
    }
  }
}

async function settle(pool: Pool, rpc: Rpc, chainId: number, instrument: Address): Promise<void> {
  const found = await inTransaction(pool, async (sql) => {
    await sql.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    const row = (await listUnsettled(sql, chainId)).find((each) => each.instrument === instrument)
    const cursor = await findCursor(sql, chainId)
    const holds = await listHolds(sql, chainId, { most: mostAsked, only: instrument })
    return row && cursor && { row, cursor, holds }
  })
  if (!found) return
  const { row, cursor, holds } = found
  const controls: string[] = []
  const silent: string[] = []
  for (const control of adapterOf(row.standard)?.controls ?? []) {
    if (control.isRelative && row.history === 'partial') continue
    const mismatches = await findMismatches(rpc, cursor.hash, asksOf(control, row, holds))
    if (mismatches.length === 0) controls.push(control.view)
    else if (!mismatches.every(({ chain }) => isAbsent(chain))) silent.push(whats[control.of])
  }
  const note =
    silent.length > 0 ? `What is ${silent.join(' and ')} is not what its events said: not compared` : null
  await updateControls(pool, chainId, instrument, { controls, note })
}

const listUnsettled = async (sql: Pool | Sql, chainId: number): Promise<ControlRow[]> =>
  (await listControls(sql, chainId)).filter(({ controls }) => controls === null)

function asksOf(
  control: Control,
  { instrument, symbol, paused }: ControlRow,
  holds: readonly Hold[],
): Question[] {
  if (control.of === 'pause') return [question(control, instrument, symbol, String(paused))]
  const none: Hold = { instrument, account: nobody, until: 0n, amount: 0n }
  return [none, ...holds].map((hold) => holdQuestion(control, hold, instrument, symbol))
}

/** As `findMismatches` says it of a view that is not there. What failed in words that nobody knows may well be there. */
const isAbsent = (chain: string) => ['reverted', 'no contract', 'unreadable'].includes(chain)
