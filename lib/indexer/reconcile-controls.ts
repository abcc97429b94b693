import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem'
import { instrumentAbi } from '../chain/generated/instrument'
import type { Sql } from '../db/ledger/bulk'
import { listPauses, sampleHolds } from '../db/ledger/reconciliation'
import { endIn } from './events'
import type { Watch } from './watch'

/** One question to the chain, and what the ledger expects as the answer. */
export type Question = {
  what: string
  subject: string
  to: Hex
  data: Hex
  ledger: string
  read: (data: Hex) => string
}

/** What is frozen of accounts. */
export async function askHolds(
  sql: Sql,
  chainId: number,
  since: bigint,
  most: number,
  { instruments }: Watch,
): Promise<Question[]> {
  const holds = await sampleHolds(sql, chainId, since, most)
  return holds.flatMap(({ instrument, account, until, amount }) => {
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
