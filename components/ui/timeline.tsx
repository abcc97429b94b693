import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { Status } from './chip'

const dots: Record<Status, string> = {
  compliant: 'bg-compliant',
  warning: 'bg-warning',
  breach: 'bg-breach',
  info: 'bg-info',
  pending: 'bg-pending',
  closed: 'bg-control',
}

export type TimelineItem = {
  key: string
  title: ReactNode
  /** Usually a <Time>. */
  when: ReactNode
  status?: Status
  body?: ReactNode
}

/** What happened, newest or oldest first as the caller orders it. The dot repeats what the title says. */
export function Timeline({ items, label }: { items: readonly TimelineItem[]; label: string }) {
  return (
    <ol aria-label={label} className="relative">
      {items.map((item, index) => (
        <li key={item.key} className="relative pb-4 pl-6 last:pb-0">
          {index < items.length - 1 && (
            <span aria-hidden="true" className="absolute top-3 bottom-[-4px] left-[5px] w-px bg-hairline" />
          )}
          <span
            aria-hidden="true"
            className={clsx(
              'absolute top-1.5 left-px size-[9px] rounded-[50%]',
              dots[item.status ?? 'closed'],
            )}
          />
          <p className="font-medium">{item.title}</p>
          <p className="text-12 text-secondary">{item.when}</p>
          {item.body && <div className="mt-1 text-secondary">{item.body}</div>}
        </li>
      ))}
    </ol>
  )
}
