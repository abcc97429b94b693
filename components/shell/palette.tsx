'use client'

import clsx from 'clsx'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Shell } from '@/lib/queries/shell'
import { placeOf } from './places'

type Command = { label: string; href: string }
type Props = { sections: Shell['sections']; side: Shell['person']['side'] }

/** Ctrl or ⌘ K: go to a section, or search, without leaving the keyboard. */
export function Palette({ sections, side }: Props) {
  const router = useRouter()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      setText('')
      setChosen(0)
      dialog.current?.showModal()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  const commands = commandsOf({ sections, side }, text.trim())
  const run = (command: Command | undefined) => {
    if (!command) return
    dialog.current?.close()
    router.push(command.href)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Enter') run(commands[chosen])
    else if (step !== 0) setChosen((chosen + step + commands.length) % Math.max(1, commands.length))
    else return
    event.preventDefault()
  }
  return (
    <dialog
      ref={dialog}
      aria-label="Go to or search"
      className="mx-auto mt-[12vh] w-140 max-w-[calc(100vw-24px)] rounded-4 border border-control bg-surface p-0 text-ink backdrop:bg-ink/40"
    >
      <input
        role="combobox"
        aria-label="Section, hash, address, block, firm, customer or order"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={commands[chosen] && `${id}-${chosen}`}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        placeholder="Go to or search"
        onChange={(event) => {
          setText(event.target.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
        className="h-12 w-full border-b border-hairline bg-surface px-4 text-16 outline-offset-[-3px]"
      />
      <div role="listbox" id={`${id}-list`} aria-label="Where to" className="p-1.5">
        {commands.map((command, index) => (
          <button
            key={command.href}
            type="button"
            role="option"
            id={`${id}-${index}`}
            aria-selected={index === chosen}
            tabIndex={-1}
            onClick={() => run(command)}
            onPointerMove={() => setChosen(index)}
            className={clsx(
              'flex h-9 w-full items-center rounded-4 px-3 text-left',
              index === chosen && 'bg-subtle font-medium',
            )}
          >
            <span className="truncate">{command.label}</span>
          </button>
        ))}
      </div>
    </dialog>
  )
}

function commandsOf({ sections, side }: Props, text: string): Command[] {
  const wanted = text.toLowerCase()
  const found = sections
    .map(({ key }) => placeOf(key, side))
    .filter(({ label }) => label.toLowerCase().includes(wanted))
  return [
    ...found.map(({ label, href }) => ({ label, href })),
    ...(text ? [{ label: `Search for “${text}”`, href: `/search?q=${encodeURIComponent(text)}` }] : []),
  ]
}
