import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem'
import { instrumentAbi } from '../../chain/generated/instrument'
import type { Sql } from '../../db/ledger/bulk'
import { type Hold, listHolds, listPauses, type Part } from '../../db/ledger/compared'
import { listControls } from '../../db/ledger/watched-control'
import { endIn } from '../events'
import type { Watch, WatchedInstrument } from '../watch'
import { askForeignHold, askForeignPauses } from './foreign'
import type { Question } from './question'

/** What is frozen of accounts. */
export async function askHolds(
  sql: Sql,
  chainId: number,
  part: Part,
  { instruments }: Watch,
): Promise<{ rows: Hold[]; asked: Question[] }> {
  const rows = await listHolds(sql, chainId, part)
  const settled = new Map(
    (await listControls(sql, chainId)).map((row) => [row.instrument, row.controls ?? []]),
  )
  const asked = rows.flatMap((hold) => {
    const instrument = instruments.get(hold.instrument)
    if (!instrument) return []
    if (instrument.standard === 'plimsoll') return askHold(hold, instrument)
    return askForeignHold(hold, instrument, settled.get(hold.instrument) ?? [])
  })
  return { rows, asked }
}

function askHold({ account, until, amount }: Hold, { address: to, symbol }: WatchedInstrument): Question[] {
  const subject = `${symbol} ${account}`
  return [
    {
      ...{ what: 'frozen until', subject, to, ledger: inWords(until) },
      data: encodeFunctionData({ abi: instrumentAbi, functionName: 'frozenUntil', args: [account] }),
      read: (data) => readEnd('frozenUntil', data),
    },
    {
      ...{ what: 'frozen amount', subject, to, ledger: String(amount) },
      data: encodeFunctionData({ abi: instrumentAbi, functionName: 'getFrozenTokens', args: [account] }),
      read: (data) =>
        String(decodeFunctionResult({ abi: instrumentAbi, functionName: 'getFrozenTokens', data })),
    },
  ]
}

/** Few enough to be asked whole: of ours until when, of others whether. */
export async function askPauses(sql: Sql, chainId: number): Promise<Question[]> {
  const pauses = await listPauses(sql, chainId)
  const ours = pauses.map(({ instrument, symbol, until }) => ({
    ...{ what: 'paused until', subject: symbol, to: instrument, ledger: inWords(until) },
    data: encodeFunctionData({ abi: instrumentAbi, functionName: 'pausedUntil' }),
    read: (data: Hex) => readEnd('pausedUntil', data),
  }))
  return [...ours, ...(await askForeignPauses(sql, chainId))]
}

function readEnd(functionName: 'frozenUntil' | 'pausedUntil', data: Hex): string {
  return inWords(endIn(decodeFunctionResult({ abi: instrumentAbi, functionName, data })))
}

const inWords = (until: bigint | null): string => {
  if (until === null) return 'until lifted'
  return until === 0n ? 'not at all' : String(until)
}
