import type { Finding } from './read'

/** Milliseconds in the database that a screen may take at p95: 10 up to a million transfers, 15 beyond. */
const allowed = (rows: number) => (rows > 1_000_000 ? 15 : 10)

/** One line a screen and reader; at the end which took longer than allowed or read a table whole. */
export function printFindings(findings: readonly Finding[], rows: number, plans: boolean): void {
  console.log(`\n${'screen'.padEnd(26)}${'as'.padEnd(14)}  p50 ms  p95 ms`)
  const limit = allowed(rows)
  let [slow, scanning] = [0, 0]
  for (const { screen, as, milliseconds, scans, slowest } of findings) {
    const sorted = [...milliseconds].sort((a, b) => a - b)
    const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0
    const late = at(0.95) > limit
    if (late) slow += 1
    if (scans.size > 0) scanning += 1
    const remarks = [
      late ? `over ${limit} ms` : '',
      scans.size > 0 ? `reads all of ${[...scans].join(', ')}` : '',
    ]
    const figures = [at(0.5), at(0.95)].map((value) => value.toFixed(1).padStart(8)).join('')
    console.log(
      `${screen.padEnd(26)}${as.padEnd(14)}${figures}  ${remarks.filter(Boolean).join('; ')}`.trimEnd(),
    )
    if (plans && (late || scans.size > 0) && slowest) {
      console.log(
        `    ${slowest.milliseconds.toFixed(1)} ms: ${slowest.text.replace(/\s+/g, ' ').slice(0, 600)}`,
      )
    }
  }
  console.log(
    `\n${slow} of ${findings.length} over ${limit} ms at p95, ${scanning} read a growing table whole`,
  )
}
