import { Progress } from '@/components/ui/progress'
import { groupDigits } from '@/lib/format/number'
import type { FillProgress } from '@/lib/queries/fill-progress'

/** How much of the chain's past a worker has read for something, how fast, and how long it will take. */
export function FillBar({ progress, label }: { progress: FillProgress; label: string }) {
  return <Progress share={progress.percent} text={wordsOf(progress)} label={label} />
}

/** '2,000 of 4,000 blocks · 100 a second · about 20 s left' */
function wordsOf({ done, total, rate, secondsLeft }: FillProgress): string {
  const read = `${groupDigits(done)} of ${groupDigits(total)} blocks`
  if (rate === null || secondsLeft === null) return `${read} · waiting for the worker`
  const speed = rate < 10 ? rate.toFixed(1) : groupDigits(Math.round(rate))
  return `${read} · ${speed} a second · ${leftWords(secondsLeft)}`
}

function leftWords(seconds: number): string {
  if (seconds < 90) return `about ${seconds} s left`
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min left`
  return `about ${Math.round(seconds / 3600)} h left`
}
