import type { Sql } from '../db/ledger/bulk'
import {
  type Axis,
  digestTable,
  findAxis,
  findBlocksOfHour,
  type LedgerTable,
  listRangeDigests,
  listRowTexts,
  type RangeDigest,
  rangeSize,
  type Span,
  type TableDigest,
} from '../db/ledger/digest'

/** Two ledgers of one chain, each derived by itself: which ranges of which table differ, and where that begins. */
export type TableComparison = {
  table: LedgerTable
  live: TableDigest
  clean: TableDigest
  /** Null if the table is the same. */
  difference: Difference | null
  /** A few rows of the first block that differs which only one side has. */
  onlyLive: string[]
  onlyClean: string[]
}

type Difference = {
  axis: Axis
  /** Ranges of `rangeSize` blocks, or hours, that differ, and the first of them. */
  ranges: number
  range: Span
  /** The first block that differs; of a table that sums up hours, the first of the hour. */
  blocks: Span
}

/** A range is looked into in parts of so many places each, and each that differs in parts of the next. */
const steps = [64n, 1n]
const mostRows = 3

export async function compareTable(
  live: Sql,
  clean: Sql,
  table: LedgerTable,
  chainId: number,
): Promise<TableComparison> {
  const digests = {
    live: await digestTable(live, table, chainId),
    clean: await digestTable(clean, table, chainId),
  }
  const differing = differingRanges(digests.live.ranges, digests.clean.ranges)
  if (differing.length === 0) return { table, ...digests, difference: null, onlyLive: [], onlyClean: [] }
  const range = spanOf(differing[0]!, rangeSize)
  let within = range
  for (const size of steps) {
    const ours = await listRangeDigests(live, table, chainId, size, within)
    const theirs = await listRangeDigests(clean, table, chainId, size, within)
    within = spanOf(differingRanges(ours, theirs)[0]!, size)
  }
  const axis = await findAxis(live, table)
  const inHour = axis === 'hour' ? await findBlocksOfHour(live, chainId, within.from) : undefined
  const liveRows = await listRowTexts(live, table, chainId, within)
  const cleanRows = await listRowTexts(clean, table, chainId, within)
  return {
    table,
    ...digests,
    difference: { axis, ranges: differing.length, range, blocks: inHour ?? within },
    onlyLive: without(liveRows, cleanRows),
    onlyClean: without(cleanRows, liveRows),
  }
}

/** The table in which the two part first; facts before what is made of them, and sums without a block last. */
export function firstDifference(comparisons: readonly TableComparison[]): TableComparison | undefined {
  const all = comparisons.filter(({ difference }) => difference !== null)
  const placed = all.filter(({ difference }) => difference?.axis !== 'none')
  const different = placed.length > 0 ? placed : all
  return different.reduce<TableComparison | undefined>(
    (first, each) => (first && first.difference!.blocks.from <= each.difference!.blocks.from ? first : each),
    undefined,
  )
}

/** What there is to say of a table, a line each. */
export function linesOf({ table, live, clean, difference, ...rows }: TableComparison): string[] {
  const line = (name: string, { rows, digest }: TableDigest, words: string) =>
    `${name.padEnd(22)} ${String(rows).padStart(9)} rows  ${digest}  ${words}`
  const lines = [line(table, live, 'live'), line('', clean, `clean  ${difference ? 'DIFFERENT' : 'same'}`)]
  if (!difference) return lines
  const { axis, ranges, range, blocks } = difference
  const unit = axis === 'hour' ? 'hours since 1970' : 'blocks'
  if (axis === 'none') lines.push('  sums up the whole chain: no block to name')
  else {
    lines.push(`  differs in ${ranges} of the ranges of ${rangeSize} ${unit}; the first is ${wordsOf(range)}`)
    lines.push(`  parts at block ${wordsOf(blocks)}`)
  }
  for (const row of rows.onlyLive) lines.push(`  only live:  ${row}`)
  for (const row of rows.onlyClean) lines.push(`  only clean: ${row}`)
  return lines
}

/** E.g. "7", or "8192 to 12287". */
export const wordsOf = ({ from, to }: Span): string => (from === to ? String(from) : `${from} to ${to}`)

/** Numbers of the ranges that are not the same on both sides, the lowest first. */
function differingRanges(ours: readonly RangeDigest[], theirs: readonly RangeDigest[]): bigint[] {
  const [left, right] = [ours, theirs].map(
    (side) => new Map(side.map(({ number, digest }) => [number, digest])),
  )
  const numbers = new Set([...left!.keys(), ...right!.keys()])
  return [...numbers]
    .filter((number) => left!.get(number) !== right!.get(number))
    .sort((one, other) => (one < other ? -1 : 1))
}

const spanOf = (number: bigint, size: bigint): Span => ({
  from: number * size,
  to: number * size + size - 1n,
})

function without(rows: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others)
  return rows.filter((row) => !known.has(row)).slice(0, mostRows)
}
