import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem'
import { instrumentAbi } from '../../chain/generated/instrument'
import type { Sql } from '../../db/ledger/bulk'
import { type Hold, listHolds, listPauses, type Part } from '../../db/ledger/compared'
import { endIn } from '../events'
import type { Watch } from '../watch'
import type { Question } from './question'

/** What is frozen of accounts. */
export async function askHolds(
  sql: Sql,
  chainId: number,
  part: Part,
  { instruments }: Watch,
): Promise<{ rows: Hold[]; asked: Question[] }> {
  const rows = await listHolds(sql, chainId, part)
  const isOurs = ({ instrument }: Hold) => instruments.get(instrument)?.standard === 'plimsoll'
  const asked = rows.filter(isOurs).flatMap(({ instrument, account, until, amount }) => {
    const subject = `${instruments.get(instrument)?.symbol ?? instrument} ${account}`
    return [
      {
        ...{ what: 'frozen until', subject, to: instrument, ledger: inWords(until) },
        data: encodeFunctionData({ abi: instrumentAbi, functionName: 'frozenUntil', args: [account] }),
        read: (data: Hex) => readEnd('frozenUntil', data),
      },
      {
        ...{ what: 'frozen amount', subject, to: instrument, ledger: String(amount) },
        data: encodeFunctionData({ abi: instrumentAbi, functionName: 'getFrozenTokens', args: [account] }),
        read: (data: Hex) =>
          String(decodeFunctionResult({ abi: instrumentAbi, functionName: 'getFrozenTokens', data })),
      },
    ]
  })
  return { rows, asked }
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
