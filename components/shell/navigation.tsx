'use client'

import clsx from 'clsx'
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import NextLink from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { viewCookies } from '@/lib/format/view'
import type { Shell } from '@/lib/queries/shell'
import { Counted } from '../ui/counted'
import { Mark } from '../ui/mark'
import { navigationId } from './ids'
import { type Place, placeOf } from './places'
import { writeCookie } from './write-cookie'

/** Which sections this person may open, with what waits in each; decided on the server. */
type Sections = Shell['sections']
type Props = { sections: Sections; side: Shell['person']['side']; isFolded: boolean }

const isCurrent = (href: string, path: string) =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)

/** At the left from 840 px, folded to icons if the reader wants; below that a sheet that the top bar opens. */
export function Navigation({ sections, side, isFolded }: Props) {
  const path = usePathname()
  const sheet = useRef<HTMLElement>(null)
  const [folded, setFolded] = useState(isFolded)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is the reason to close the sheet
  useEffect(() => {
    if (sheet.current?.matches(':popover-open')) sheet.current.hidePopover()
  }, [path])
  const fold = () => {
    writeCookie(viewCookies.navigation, folded ? 'open' : 'folded')
    document.documentElement.dataset.navigation = folded ? 'open' : 'folded'
    setFolded(!folded)
  }
  return (
    <nav
      ref={sheet}
      id={navigationId}
      popover="auto"
      aria-label="Main"
      className={clsx(
        'no-print fixed inset-y-0 right-auto left-0 m-0 h-dvh max-h-none w-66 max-w-[85vw] border-0 border-r border-hairline bg-surface p-2 pt-3 text-ink',
        'backdrop:bg-ink/40 md:sticky md:inset-auto md:top-0 md:block md:h-[calc(100dvh-25px)] md:w-60 md:overflow-y-auto md:border-r-0 folded:md:w-14',
      )}
    >
      <div className="flex h-full flex-col">
        <NextLink
          href="/"
          prefetch={false}
          className="mb-3 flex h-9 items-center gap-2.5 rounded-4 px-3 text-16 folded:md:px-2 font-semibold outline-offset-[-3px]"
        >
          <Mark />
          <span className="folded:md:sr-only">Plimsoll</span>
        </NextLink>
        <ul>
          {sections.map(({ key, count, isCapped }, index) => {
            const place = placeOf(key, side)
            const before = sections[index - 1]
            return (
              <li key={key}>
                {before && placeOf(before.key, side).group !== place.group && (
                  <div aria-hidden="true" className="mx-3 my-2.5 h-px bg-hairline" />
                )}
                <Item place={place} count={count} isCapped={isCapped} current={isCurrent(place.href, path)} />
              </li>
            )
          })}
        </ul>
        <button
          type="button"
          onClick={fold}
          aria-pressed={folded}
          aria-label={folded ? 'Show names in navigation' : 'Fold navigation'}
          className="mt-auto hidden size-9 shrink-0 items-center justify-center rounded-4 text-secondary hover:bg-subtle md:flex"
        >
          {folded ? (
            <PanelLeftOpen aria-hidden="true" className="size-4.5" />
          ) : (
            <PanelLeftClose aria-hidden="true" className="size-4.5" />
          )}
        </button>
      </div>
    </nav>
  )
}

type ItemProps = { place: Place; count?: number; isCapped?: boolean; current: boolean }

function Item({ place, count, isCapped = false, current }: ItemProps) {
  const Icon = place.icon
  return (
    <NextLink
      href={place.href}
      prefetch={false}
      title={place.label}
      aria-current={current ? 'page' : undefined}
      className={clsx(
        'flex h-9 items-center rounded-4 px-3 outline-offset-[-3px] hover:bg-subtle',
        'folded:md:justify-center folded:md:px-0',
        current && 'bg-subtle font-semibold shadow-[inset_3px_0_0_var(--action)]',
      )}
    >
      <Icon aria-hidden="true" className="hidden size-4.5 folded:md:block" />
      <span className="folded:md:sr-only">{place.label}</span>
      {count !== undefined && count > 0 && (
        <span className="ml-auto text-12 font-semibold tabular-nums folded:md:sr-only">
          <Counted count={count} isCapped={isCapped} /> <span className="sr-only">waiting</span>
        </span>
      )}
    </NextLink>
  )
}
