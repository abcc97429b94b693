import type { Change, OrderWords } from '@/lib/queries/order-words'

/** Before → after, the largest thing on the page. */
export function OrderChange({ words }: { words: OrderWords }) {
  return (
    <div className="grid items-center rounded-4 border border-hairline bg-surface sm:grid-cols-[1fr_48px_1fr]">
      <Side change={words.before} />
      <div aria-hidden="true" className="px-5 text-24 text-secondary sm:px-0 sm:text-center">
        <span className="hidden sm:inline">→</span>
        <span className="sm:hidden">↓</span>
      </div>
      <Side change={words.after} />
    </div>
  )
}

const Side = ({ change }: { change: Change }) => (
  <div className="min-w-0 px-5 py-4.5">
    <p className="text-12 text-secondary">{change.label}</p>
    <p className="text-24 font-medium tabular-nums [overflow-wrap:anywhere] sm:text-32">
      {change.value}
      {change.unit && <span className="text-14 font-regular"> {change.unit}</span>}
    </p>
    {change.note && <p className="text-secondary">{change.note}</p>}
  </div>
)
