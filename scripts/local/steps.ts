/** The launcher's voice: one calm line a step, with what it found and how long it took. */
const TITLE_WIDTH = 14
const DETAIL_WIDTH = 62

const live = process.stdout.isTTY === true
const paint = (code: number, text: string) =>
  live && !process.env.NO_COLOR ? `\x1b[${code}m${text}\x1b[0m` : text
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`

export class StepFailed extends Error {
  constructor(
    readonly title: string,
    readonly lines: string[],
    options?: ErrorOptions,
  ) {
    super(lines.join('\n'), options)
  }
}

/** `say` tells how far a long step is: on a terminal it rewrites its line, elsewhere it writes none. */
export type Say = (progress: string) => void

/** Runs one step. `work` returns what to tell and the value to go on with. */
export async function step<T>(
  title: string,
  work: (say: Say) => Promise<{ detail: string; value: T }>,
): Promise<T> {
  const start = performance.now()
  const line = (text: string) => `${title.padEnd(TITLE_WIDTH)}${text}`
  const say: Say = (progress) => {
    if (live) process.stdout.write(`\r\x1b[2K  ${line(paint(2, progress))}`)
  }
  say('…')
  try {
    const { detail, value } = await work(say)
    if (live) process.stdout.write('\r\x1b[2K')
    console.log(`${paint(32, '✓')} ${line(detail.padEnd(DETAIL_WIDTH))} ${paint(2, seconds(start))}`)
    return value
  } catch (error) {
    if (live) process.stdout.write('\r\x1b[2K')
    const lines =
      error instanceof StepFailed ? error.lines : [error instanceof Error ? error.message : String(error)]
    throw new StepFailed(title, lines, { cause: error })
  }
}

export function tell(title: string, text: string) {
  console.log(`${paint(33, '·')} ${title.padEnd(TITLE_WIDTH)}${text}`)
}

export function tellFailure(title: string, lines: string[]) {
  const [first = '', ...rest] = lines
  console.error(`${paint(31, '✗')} ${title.padEnd(TITLE_WIDTH)}${first}`)
  for (const line of rest) console.error(`  ${' '.repeat(TITLE_WIDTH)}${line}`)
}
