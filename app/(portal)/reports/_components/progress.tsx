import { groupDigits } from '@/lib/format/number'

/** Rows done of total. Drawn as SVG: our content policy allows no style attributes. */
export function Progress({ done, total, label }: { done: number; total: number | null; label: string }) {
  const share = total === null || total === 0 ? 0 : Math.floor((done * 100) / total)
  const text = total === null ? 'Counting rows' : `${groupDigits(done)} of ${groupDigits(total)} rows`
  return (
    <div className="mt-2 max-w-120">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share}
        aria-valuetext={text}
      >
        <svg aria-hidden="true" width="100%" height="8" className="block">
          <rect width="100%" height="8" rx="2" className="fill-subtle" />
          <rect width={`${share}%`} height="8" rx="2" className="fill-bar" />
        </svg>
      </div>
      <p className="mt-1 text-secondary tabular-nums">{text}</p>
    </div>
  )
}
