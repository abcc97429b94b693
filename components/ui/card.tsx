import clsx from 'clsx'
import type { ReactNode } from 'react'

type Props = {
  title?: ReactNode
  /** Ties the title to the region; wanted when two cards of a page bear the same title. */
  id?: string
  action?: ReactNode
  /** True: the content brings its own padding, as tables and lists do. */
  flush?: boolean
  className?: string
  children: ReactNode
}

/** White paper with a hairline. With a title it is a region that assistive technology can jump to. */
export function Card({ title, id, action, flush = false, className, children }: Props) {
  return (
    <section
      aria-labelledby={title && id ? id : undefined}
      className={clsx('min-w-0 rounded-4 border border-hairline bg-surface', className)}
    >
      {title && (
        <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 pt-3.5 pb-2.5">
          <h2 id={id} className="text-16 font-semibold">
            {title}
          </h2>
          {action && <div className="no-print ml-auto">{action}</div>}
        </header>
      )}
      {flush ? children : <div className={clsx('px-4 pb-4', !title && 'pt-4')}>{children}</div>}
    </section>
  )
}
