import { codes } from '@/lib/compliance/codes'
import { played } from './acts'
import { isDone, type Outcome } from './node'

/** How often each act was done and each refusal met, on chain: a run that never met a rule says nothing of it. */
export function openTally() {
  const counts = new Map<string, number>()
  const names = [...Object.keys(codes).filter((name) => name !== 'allowed'), ...Object.keys(played)]
  return {
    count(act: string, outcome: Outcome) {
      const name = isDone(outcome) ? act : typeof outcome === 'object' ? nameOf(outcome.code) : outcome!
      counts.set(name, (counts.get(name) ?? 0) + 1)
    },
    unseen: () => names.filter((name) => !counts.has(name)),
    /** The rarest first. */
    said: () =>
      [...counts]
        .toSorted(([, a], [, b]) => a - b)
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
  }
}

export type Tally = ReturnType<typeof openTally>

const nameOf = (code: number) =>
  Object.entries(codes).find(([, number]) => number === code)?.[0] ?? `code ${code}`
