'use client'

import { Search } from 'lucide-react'
import Form from 'next/form'
import { useEffect, useRef } from 'react'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** One box for everything. `/` puts the cursor in it, unless the reader switched single keys off. */
export function SearchBox({ shortcuts, side }: { shortcuts: boolean; side: 'authority' | 'firm' }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isSlash =
        shortcuts && event.key === '/' && !event.ctrlKey && !event.metaKey && !isTyping(event.target)
      if (!isSlash) return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [shortcuts])
  return (
    <Form action="/search" role="search" className="relative min-w-0 flex-1 md:max-w-140">
      <label htmlFor="search" className="sr-only">
        Search: hash, address, block{side === 'authority' && ', firm, LEI'}, customer or order
      </label>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-2.5 left-3 size-4 text-secondary sm:hidden"
      />
      <input
        ref={input}
        id="search"
        name="q"
        type="search"
        required
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        placeholder={
          side === 'authority'
            ? 'Search hash, address, firm, LEI, customer, order'
            : 'Search hash, address, customer, order'
        }
        className="h-9 w-full rounded-4 border border-control bg-surface pr-9 pl-9 text-ellipsis max-sm:placeholder:text-transparent sm:pl-3"
      />
      {shortcuts && (
        <kbd className="pointer-events-none absolute top-2 right-2.5 hidden rounded-2 border border-hairline px-1.5 font-mono text-12 leading-[18px] text-secondary md:block">
          /
        </kbd>
      )}
    </Form>
  )
}
