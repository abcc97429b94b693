import { setTimeout as pause } from 'node:timers/promises'
import { BaseError, type Hex } from 'viem'
import { callAt } from '../../chain/call-at'
import { controlCall, isNamedOfContract, isOfContract } from '../../chain/call-failure'
import { type Answer, type Rpc, resultOf } from '../../chain/rpc'
import type { Mismatch } from '../../db/ledger/reconciliation'

/** One question to the chain, and what the ledger expects as the answer. */
export type Question = {
  what: string
  subject: string
  to: Hex
  data: Hex
  ledger: string
  read: (data: Hex) => string
}

/**
 * Asks the chain at a pinned block; what it says differently from the ledger. Some nodes answer for a pinned block out
 * of the state they are just changing. What a block says does not change: a difference that a second reading does not
 * find was the node's.
 */
export async function findMismatches(rpc: Rpc, blockHash: Hex, asked: Question[]): Promise<Mismatch[]> {
  const differing = await differences(rpc, blockHash, asked)
  if (differing.length === 0) return []
  await pause(1_000)
  const doubted = differing.map(({ question }) => question)
  return (await differences(rpc, blockHash, doubted)).map(({ question, chain }) => {
    const { what, subject, ledger } = question
    return { what, subject, ledger, chain }
  })
}

async function differences(rpc: Rpc, blockHash: Hex, questions: Question[]) {
  if (questions.length === 0) return []
  const calls = questions.map((question) => callAt(blockHash, { to: question.to, data: question.data }))
  const answers = await rpc.batch([...calls, controlCall(blockHash)])
  const control = answers.at(-1)!
  return questions.flatMap((question, index) => {
    const chain = readAnswer(answers[index]!, control, question.read)
    return chain === question.ledger ? [] : [{ question, chain }]
  })
}

/** A contract that refuses or is not there is a finding; a node that cannot answer is not, and ends the run. */
function readAnswer(answer: Answer, control: Answer, read: (data: Hex) => string): string {
  if ('error' in answer && isOfContract(answer.error, control))
    return isNamedOfContract(answer.error) ? 'reverted' : 'failed'
  const data = resultOf('eth_call', answer) as Hex
  if (data === '0x') return 'no contract'
  try {
    return read(data)
  } catch (error) {
    if (error instanceof BaseError) return 'unreadable' // too short, or no such word
    throw error
  }
}
