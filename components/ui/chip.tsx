import clsx from 'clsx'
import type { ReactNode } from 'react'

export type Status = 'compliant' | 'warning' | 'breach' | 'info' | 'pending' | 'closed'

// The variation selector keeps shapes from turning into emoji.
const shapes: Record<Status, string> = {
  compliant: '●\uFE0E',
  warning: '▲\uFE0E',
  breach: '◆\uFE0E',
  info: '■\uFE0E',
  pending: '◔\uFE0E',
  closed: '○\uFE0E',
}
const inks: Record<Status, string> = {
  compliant: 'text-compliant',
  warning: 'text-warning',
  breach: 'text-breach',
  info: 'text-info',
  pending: 'text-pending',
  closed: 'text-closed',
}
const tints: Record<Status, string> = {
  compliant: 'bg-compliant-tint',
  warning: 'bg-warning-tint',
  breach: 'bg-breach-tint',
  info: 'bg-info-tint',
  pending: 'bg-pending-tint',
  closed: 'bg-closed-tint',
}

/** Shape + word + tint, so that nothing is said by colour alone. 'breach' means a breach and nothing else. */
export function Chip({ status, children }: { status: Status; children: ReactNode }) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 rounded-4 px-2 text-12 leading-5 font-medium whitespace-nowrap',
        inks[status],
        tints[status],
      )}
    >
      <span aria-hidden="true">{shapes[status]}</span>
      {children}
    </span>
  )
}

/** The same without tint, for a figure of its own. */
export function StatusWord({ status, children }: { status: Status; children: ReactNode }) {
  return (
    <span className={clsx('inline-flex items-baseline gap-2', inks[status])}>
      <span aria-hidden="true">{shapes[status]}</span>
      {children}
    </span>
  )
}
