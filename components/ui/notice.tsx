import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { Status } from './chip'

const looks: Record<Status, string> = {
  compliant: 'border-compliant bg-compliant-tint text-compliant',
  warning: 'border-warning bg-warning-tint text-warning',
  breach: 'border-breach bg-breach-tint text-breach',
  info: 'border-info bg-info-tint text-info',
  pending: 'border-pending bg-pending-tint text-pending',
  closed: 'border-control bg-closed-tint text-closed',
}

type Props = { status: Status; title: ReactNode; children?: ReactNode; live?: 'polite' | 'assertive' }

/** Something the reader must know before reading on. `live` announces one that appears while the page is open. */
export function Notice({ status, title, children, live }: Props) {
  return (
    <div
      role={live === 'assertive' ? 'alert' : live === 'polite' ? 'status' : undefined}
      className={clsx('rounded-4 border-l-4 px-4 py-3 [overflow-wrap:anywhere]', looks[status])}
    >
      <p className="font-semibold">{title}</p>
      {children && <div className="mt-1 text-ink">{children}</div>}
    </div>
  )
}
