import type { Problem, ReadRow } from './read-register'

export type ChainRow = Omit<ReadRow, 'line'>

const compared = ['time', 'transaction', 'instrument', 'from', 'to', 'fromFirm', 'toFirm', 'amount'] as const

const before = (a: ChainRow, b: ChainRow): number =>
  a.block === b.block ? a.logIndex - b.logIndex : a.block < b.block ? -1 : 1

/**
 * Row by row, the file against what a node answered for the same period. Both in order of block and log index.
 * Finds what is missing, what was added and every cell that differs.
 */
export function compareRegister(file: readonly ReadRow[], chain: readonly ChainRow[]): Problem[] {
  const problems: Problem[] = []
  let next = 0
  for (const row of file) {
    for (let other = chain[next]; other && before(other, row) < 0; other = chain[++next])
      problems.push({ line: row.line, message: `Missing before this line: ${name(other)}` })
    const same = chain[next]
    if (!same || before(same, row) !== 0) {
      problems.push({ line: row.line, message: `Not on the chain: ${name(row)}` })
      continue
    }
    next++
    for (const field of compared)
      if (row[field] !== same[field])
        problems.push({ line: row.line, message: `${field} is ${row[field]}, on the chain ${same[field]}` })
  }
  for (const other of chain.slice(next))
    problems.push({ line: null, message: `Missing at the end: ${name(other)}` })
  return problems
}

const name = ({ block, logIndex, transaction }: ChainRow): string =>
  `block ${block}, log ${logIndex}, transaction ${transaction}`
