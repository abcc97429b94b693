import type { Finding } from './read'

/** Milliseconds in the database that a statement may take at p95: 10 up to a million transfers, 15 beyond. */
const allowed = (rows: number) => (rows > 1_000_000 ? 15 : 10)

/**
 * One line a screen and reader, at the end which had a statement that took longer than allowed or read a table whole.
 * @returns how many read a table whole
 */
export function printFindings(findings: readonly Finding[], rows: number, plans: boolean): number {
  console.log(
    `\n${''.padEnd(46)}whole page        slowest   pages\nscreen${' '.repeat(26)}as${' '.repeat(12)}  p50 ms  p95 ms  p95 ms     p95`,
  )
  const limit = allowed(rows)
  let [slow, scanning] = [0, 0]
  for (const { screen, as, milliseconds, longest, pages, scans, slowest } of findings) {
    const late = shareOf(longest, 0.95) > limit
    if (late) slow += 1
    if (scans.size > 0) scanning += 1
    const remarks = [
      late ? `over ${limit} ms` : '',
      scans.size > 0 ? `reads all of ${[...scans].join(', ')}` : '',
    ]
    const figures = [shareOf(milliseconds, 0.5), shareOf(milliseconds, 0.95), shareOf(longest, 0.95)]
    const columns = figures.map((value) => value.toFixed(1).padStart(8)).join('')
    const touched = shareOf(pages, 0.95).toFixed(0).padStart(8)
    console.log(
      `${screen.padEnd(32)}${as.padEnd(14)}${columns}${touched}  ${remarks.filter(Boolean).join('; ')}`.trimEnd(),
    )
    if (plans && (late || scans.size > 0) && slowest) {
      console.log(
        `    ${slowest.milliseconds.toFixed(1)} ms: ${slowest.text.replace(/\s+/g, ' ').slice(0, 600)}`,
      )
    }
  }
  console.log(
    `\n${slow} of ${findings.length} have a statement over ${limit} ms at p95, ${scanning} read a growing table whole`,
  )
  return scanning
}

function shareOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0
}
