import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem'
import { adapterOf } from '../../chain/adapters/all'
import { instrumentAbi } from '../../chain/generated/instrument'
import type { Sql } from '../../db/ledger/bulk'
import { type Hold, listHolds, listPauses, type Part } from '../../db/ledger/compared'
import { endIn } from '../events'
import type { Watch, WatchedInstrument } from '../watch'
import type { Question } from './question'

/** What is frozen of accounts. */
export async function askHolds(
  sql: Sql,
  chainId: number,
  part: Part,
  { instruments }: Watch,
): Promise<{ rows: Hold[]; asked: Question[] }> {
  const rows = await listHolds(sql, chainId, part)
  const asked = rows.flatMap((hold) => {
    const instrument = instruments.get(hold.instrument)
    return instrument ? askHold(hold, instrument) : []
  })
  return { rows, asked }
}

/** Of instruments of others what every contract of their kind can be asked, if all that they ever said is known. */
function askHold(
  { account, until, amount }: Hold,
  { address: to, symbol, standard, history }: WatchedInstrument,
): Question[] {
  const subject = `${symbol} ${account}`
  const frozenUntil: Question = {
    ...{ what: 'frozen until', subject, to, ledger: inWords(until) },
    data: encodeFunctionData({ abi: instrumentAbi, functionName: 'frozenUntil', args: [account] }),
    read: (data) => readEnd('frozenUntil', data),
  }
  const frozen: Question = {
    ...{ what: 'frozen', subject, to, ledger: String(until !== 0n) },
    data: encodeFunctionData({ abi: instrumentAbi, functionName: 'isFrozen', args: [account] }),
    read: (data) => String(decodeFunctionResult({ abi: instrumentAbi, functionName: 'isFrozen', data })),
  }
  const frozenAmount: Question = {
    ...{ what: 'frozen amount', subject, to, ledger: String(amount) },
    data: encodeFunctionData({ abi: instrumentAbi, functionName: 'getFrozenTokens', args: [account] }),
    read: (data) =>
      String(decodeFunctionResult({ abi: instrumentAbi, functionName: 'getFrozenTokens', data })),
  }
  if (standard === 'plimsoll') return [frozenUntil, frozenAmount]
  const tells = history === 'full' ? adapterOf(standard)?.tells : undefined
  return [...(tells?.frozen ? [frozen] : []), ...(tells?.frozenAmount ? [frozenAmount] : [])]
}

export async function askPauses(sql: Sql, chainId: number): Promise<Question[]> {
  const pauses = await listPauses(sql, chainId)
  return pauses.map(({ instrument, symbol, until }) => ({
    ...{ what: 'paused until', subject: symbol, to: instrument, ledger: inWords(until) },
    data: encodeFunctionData({ abi: instrumentAbi, functionName: 'pausedUntil' }),
    read: (data) => readEnd('pausedUntil', data),
  }))
}

function readEnd(functionName: 'frozenUntil' | 'pausedUntil', data: Hex): string {
  return inWords(endIn(decodeFunctionResult({ abi: instrumentAbi, functionName, data })))
}

const inWords = (until: bigint | null): string => {
  if (until === null) return 'until lifted'
  return until === 0n ? 'not at all' : String(until)
}
