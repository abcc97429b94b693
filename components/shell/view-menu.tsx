'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { type View, type ViewCookie, viewCookies } from '@/lib/format/view'
import { writeCookie } from './write-cookie'

type Choice = { value: string; label: string }

const clocks: Choice[] = [
  { value: 'utc', label: 'UTC' },
  { value: 'local', label: 'Local' },
  { value: 'age', label: 'Age' },
]
const themes: Choice[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]
const densities: Choice[] = [
  { value: 'compact', label: 'Compact' },
  { value: 'normal', label: 'Normal' },
  { value: 'roomy', label: 'Roomy' },
]
const shortcuts: Choice[] = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
]

/** How to read: clock, theme, density, shortcuts. Kept in this browser; the server renders the rest again. */
export function ViewMenu({ view }: { view: View }) {
  const router = useRouter()
  const choose = (cookie: ViewCookie, value: string) => {
    writeCookie(viewCookies[cookie], value)
    if (cookie === 'clock') {
      writeCookie(viewCookies.timeZone, Intl.DateTimeFormat().resolvedOptions().timeZone)
    }
    if (cookie === 'theme') document.documentElement.dataset.theme = value
    if (cookie === 'density') document.documentElement.dataset.density = value
    router.refresh()
  }
  return (
    <div className="space-y-3">
      <Choices name="clock" label="Times" choices={clocks} now={view.zone.clock} onChoose={choose} />
      <Choices name="theme" label="Theme" choices={themes} now={view.theme} onChoose={choose} />
      <Choices name="density" label="Rows" choices={densities} now={view.density} onChoose={choose} />
      <Choices
        name="shortcuts"
        label="Single-key shortcuts"
        choices={shortcuts}
        now={view.shortcuts ? 'on' : 'off'}
        onChoose={choose}
      />
    </div>
  )
}

type ChoicesProps = {
  name: ViewCookie
  label: ReactNode
  choices: Choice[]
  now: string
  onChoose: (name: ViewCookie, value: string) => void
}

function Choices({ name, label, choices, now, onChoose }: ChoicesProps) {
  const [chosen, setChosen] = useState(now)
  return (
    <fieldset>
      <legend className="mb-1 text-12 text-secondary">{label}</legend>
      <div className="flex overflow-hidden rounded-4 border border-control">
        {choices.map(({ value, label: text }) => (
          <label
            key={value}
            className="relative flex min-h-8 flex-1 cursor-pointer items-center justify-center border-l border-control px-2 first:border-l-0 has-checked:bg-action has-checked:font-medium has-checked:text-on-action has-focus-visible:z-10 has-focus-visible:outline-3 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name={`view-${name}`}
              value={value}
              checked={chosen === value}
              onChange={() => {
                setChosen(value)
                onChoose(name, value)
              }}
              className="sr-only"
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
