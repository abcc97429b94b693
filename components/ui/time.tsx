'use client'

import { formatAge, formatRowTime, formatTime } from '@/lib/format/time'
import { useShown } from './view-provider'

type Props = {
  /** ISO 8601 or a Date. */
  at: Date | string
  /** 'row': without zone, for a column that names it. 'full': with zone. 'age': always as an age. */
  as?: 'full' | 'row' | 'age'
}

/** One instant, in the clock the reader chose: UTC, local or age. The other forms are in its title. */
export function Time({ at, as = 'full' }: Props) {
  const { zone, now } = useShown()
  const date = typeof at === 'string' ? new Date(at) : at
  const isAge = as === 'age' || zone.clock === 'age'
  const text = isAge
    ? formatAge(date, now)
    : as === 'row'
      ? formatRowTime(date, zone, now)
      : formatTime(date, zone)
  const title = isAge ? formatTime(date, zone) : formatAge(date, now)
  return (
    <time
      dateTime={date.toISOString()}
      title={title}
      className="whitespace-nowrap tabular-nums"
      suppressHydrationWarning
    >
      {text}
    </time>
  )
}
