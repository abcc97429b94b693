import { Menu } from 'lucide-react'
import type { ReactNode } from 'react'
import { clockWord } from '@/lib/format/time'
import type { View } from '@/lib/format/view'
import type { Shell } from '@/lib/queries/shell'
import { Link } from '../ui/link'
import { Freshness } from './freshness'
import { menuId, navigationId } from './ids'
import { Palette } from './palette'
import { SearchBox } from './search-box'
import { ViewMenu } from './view-menu'

/** Search, freshness, and who is here and how they read. The two menus are popovers: they open without scripts. */
export function TopBar({ shell, view, signOut }: { shell: Shell; view: View; signOut: ReactNode }) {
  const { person } = shell
  return (
    <header className="no-print sticky top-0 z-20 flex h-14 items-center gap-2 border-b border-hairline bg-surface px-3 md:gap-5 md:px-6">
      <button
        type="button"
        popoverTarget={navigationId}
        aria-label="Open navigation"
        className="inline-flex size-9 shrink-0 items-center justify-center rounded-4 hover:bg-subtle md:hidden"
      >
        <Menu aria-hidden="true" className="size-5" />
      </button>
      <Palette sections={shell.sections} side={person.side} />
      <SearchBox shortcuts={view.shortcuts} side={person.side} />
      <Freshness />
      <button
        type="button"
        popoverTarget={menuId}
        aria-label={`${person.name}, ${person.place}: account and view`}
        className="ml-auto shrink-0 rounded-4 px-1.5 py-1 text-right hover:bg-subtle md:-mr-1.5"
      >
        <span className="hidden leading-[18px] whitespace-nowrap md:block">{person.name}</span>
        <span className="hidden text-12 leading-[14px] whitespace-nowrap text-secondary md:block">
          {person.place} · {clockWord(view.zone)}
        </span>
        <span
          aria-hidden="true"
          className="flex size-8 items-center justify-center rounded-[50%] border border-control text-12 font-medium md:hidden"
        >
          {person.initials}
        </span>
      </button>
      <div
        id={menuId}
        popover="auto"
        className="fixed inset-auto top-20 right-3 m-0 w-72 rounded-4 border border-control bg-surface p-4 text-ink md:right-6"
      >
        <p className="font-semibold">{person.name}</p>
        <p className="text-secondary">
          {person.role} · {person.place}
        </p>
        <Link href="/account" className="mt-1 mb-3 inline-flex min-h-7 items-center underline">
          Your account
        </Link>
        <ViewMenu view={view} />
        <div className="mt-4 border-t border-hairline pt-3">{signOut}</div>
      </div>
    </header>
  )
}
