import { Fragment, type ReactNode } from 'react'
import { shortHash } from '@/lib/format/address'
import { groupDigits } from '@/lib/format/number'
import type { AsOf } from '@/lib/queries/as-of'
import { Link } from './link'
import { Time } from './time'

export type Crumb = { label: string; href?: string }

/** Where every trail begins. */
export const homeOf = ({ side }: { side: 'authority' | 'firm' }): Crumb => ({
  label: side === 'authority' ? 'Authority' : 'Your firm',
  href: '/',
})

type Props = {
  crumbs: readonly Crumb[]
  title: ReactNode
  asOf?: AsOf
  /** A chip or two beside the title. */
  status?: ReactNode
  actions?: ReactNode
  /** A sentence under the title. */
  children?: ReactNode
}

/** Breadcrumb, h1 and the as-at line that every page bears. */
export function PageHeader({ crumbs, title, asOf, status, actions, children }: Props) {
  return (
    <header className="mb-5">
      <nav aria-label="Breadcrumb" className="text-12 text-secondary">
        <ol className="flex flex-wrap gap-x-1.5">
          {crumbs.map((crumb, index) => (
            <Fragment key={crumb.label}>
              {index > 0 && (
                <li aria-hidden="true" role="presentation">
                  /
                </li>
              )}
              <li>
                {crumb.href ? (
                  <Link href={crumb.href} quiet>
                    {crumb.label}
                  </Link>
                ) : (
                  crumb.label
                )}
              </li>
            </Fragment>
          ))}
        </ol>
      </nav>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="mt-0.5 text-24 font-semibold tracking-[-0.01em] [overflow-wrap:anywhere] md:text-32">
          {title}
        </h1>
        {status}
        {actions && <div className="no-print ml-auto flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children && <div className="mt-1 max-w-[80ch] text-16 text-secondary">{children}</div>}
      {asOf && <AsAt asOf={asOf} />}
    </header>
  )
}

/** As at which block everything on the page holds. Printed pages carry it too. */
export function AsAt({ asOf }: { asOf: AsOf }) {
  return (
    <p className="mt-0.5 text-secondary">
      As at block <span className="font-mono text-12">{groupDigits(asOf.block)}</span>{' '}
      <span className="font-mono text-12" title={asOf.hash}>
        {shortHash(asOf.hash)}
      </span>
      , <Time at={asOf.time} /> · {asOf.finality === 'final' ? 'final' : 'not final yet'}
    </p>
  )
}
