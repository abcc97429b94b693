/** How far the past of an added instrument is read. Blocks as decimal text. */
export type FillProgress = {
  done: string
  total: string
  /** Rounded down: 100 only when there is nothing left. */
  percent: number
  /** Blocks a second; null before anything is known. */
  rate: number | null
  secondsLeft: number | null
}

/** The rate is that of the worker that reads now: what an earlier one did, and the time when none ran, do not count. */
export function fillProgress(
  watched: { startBlock: bigint; filledTo: bigint },
  fill: { begunAt: Date | null; begunBlock: bigint | null; progressedAt: Date | null } | undefined,
  head: bigint,
): FillProgress {
  const total = head >= watched.startBlock ? head - watched.startBlock + 1n : 0n
  const read = watched.filledTo - watched.startBlock + 1n
  const done = read < total ? read : total
  const percent = total === 0n ? 0 : Number((done * 100n) / total)
  const { begunAt, begunBlock, progressedAt } = fill ?? {}
  const ms = begunAt && progressedAt ? progressedAt.getTime() - begunAt.getTime() : 0
  const rate = ms > 0 ? (Number(watched.filledTo - (begunBlock ?? 0n)) * 1000) / ms : null
  return {
    done: String(done),
    total: String(total),
    percent,
    rate: rate && rate > 0 ? rate : null,
    secondsLeft: rate && rate > 0 ? Math.ceil(Number(total - done) / rate) : null,
  }
}
