import clsx from 'clsx'
import NextLink from 'next/link'

export type Tab = { href: string; label: string; count?: number; current: boolean }

/** Each tab is a page with an address of its own, so these are links. */
export function Tabs({ tabs, label }: { tabs: readonly Tab[]; label: string }) {
  return (
    <nav aria-label={label} className="no-print mb-4 flex gap-1 overflow-x-auto border-b border-hairline">
      {tabs.map((tab) => (
        <NextLink
          key={tab.href}
          href={tab.href}
          prefetch={false}
          aria-current={tab.current ? 'page' : undefined}
          className={clsx(
            '-mb-px flex min-h-10 items-center gap-2 border-b-2 px-3 whitespace-nowrap outline-offset-[-3px]',
            tab.current
              ? 'border-action font-semibold text-ink'
              : 'border-transparent text-secondary hover:text-ink',
          )}
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className="text-12 font-regular text-secondary tabular-nums">{tab.count}</span>
          )}
        </NextLink>
      ))}
    </nav>
  )
}
