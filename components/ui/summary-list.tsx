import type { ReactNode } from 'react'

export type SummaryItem = { term: string; detail: ReactNode; action?: ReactNode }

/** Terms and details, as on every detail page and before every submission. */
export function SummaryList({ items }: { items: readonly SummaryItem[] }) {
  return (
    <dl className="divide-y divide-hairline">
      {items.map(({ term, detail, action }) => (
        <div key={term} className="grid gap-x-4 gap-y-0.5 py-2.5 sm:grid-cols-[minmax(120px,200px)_1fr]">
          <dt className="text-secondary">{term}</dt>
          <dd className="flex min-w-0 flex-wrap items-start justify-between gap-x-4 [overflow-wrap:anywhere]">
            <div className="min-w-0">{detail}</div>
            {action && <div className="no-print shrink-0">{action}</div>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
