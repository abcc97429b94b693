import { groupDigits } from '@/lib/format/number'

/** A count in figures; one that was not taken further says so: '10,000+', and aloud '10,000 or more'. */
export function Counted({ count, isCapped }: { count: number; isCapped: boolean }) {
  const figures = groupDigits(count)
  if (!isCapped) return figures
  return (
    <>
      <span aria-hidden="true">{figures}+</span>
      <span className="sr-only">{figures} or more</span>
    </>
  )
}
