/** How times are shown; `timeZone` is an IANA name and matters for 'local' alone. */
export type Clock = 'utc' | 'local' | 'age'
export type Zone = { clock: Clock; timeZone: string }

export const utc: Zone = { clock: 'utc', timeZone: 'UTC' }

// Month names are ours: engines disagree ('Sep', 'Sept'), and server and browser must print the same.
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  })
  formats.set(timeZone, made)
  return made
}

export const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en-GB', { timeZone: name }))
  } catch {
    return false
  }
}

function partsOf(date: Date, zone: Zone) {
  const timeZone = zone.clock === 'local' ? zone.timeZone : 'UTC'
  const parts = Object.fromEntries(
    formatIn(timeZone)
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  )
  return {
    year: parts.year ?? '',
    month: months[Number(parts.month) - 1] ?? '',
    day: String(Number(parts.day)),
    clock: `${parts.hour}:${parts.minute}:${parts.second}`,
    name: timeZone === 'UTC' ? 'UTC' : (parts.timeZoneName ?? timeZone),
  }
}

/** '22 Nov 2026 06:24:58 UTC'. With clock 'age' too: an age is no date (formatAge). */
export function formatTime(date: Date, zone: Zone = utc): string {
  const { day, month, year, clock, name } = partsOf(date, zone)
  return `${day} ${month} ${year} ${clock} ${name}`
}

/** '22 Nov 06:24:58' for a column whose header names the zone; the year is added when it is not `now`'s. */
export function formatRowTime(date: Date, zone: Zone, now: Date): string {
  const { day, month, year, clock } = partsOf(date, zone)
  return partsOf(now, zone).year === year ? `${day} ${month} ${clock}` : `${day} ${month} ${year} ${clock}`
}

/** '22 Nov 2026'. */
export function formatDate(date: Date, zone: Zone = utc): string {
  const { day, month, year } = partsOf(date, zone)
  return `${day} ${month} ${year}`
}

/** '06:00', the hour a bucket begins. */
export const formatHour = (date: Date, zone: Zone = utc): string => `${partsOf(date, zone).clock.slice(0, 5)}`

/** 'UTC', 'GMT', 'CEST': what to write beside times that do not carry it. */
export const zoneName = (zone: Zone, date: Date): string => partsOf(date, zone).name

const spans = [
  { seconds: 86_400, one: 'd' },
  { seconds: 3_600, one: 'h' },
  { seconds: 60, one: 'min' },
] as const

/** '38 s', '14 min', '1 h 02 min', '3 d 4 h'. Negative spans count as nothing. */
export function formatSpan(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000))
  if (seconds < 60) return `${seconds} s`
  const first = spans.findIndex((span) => seconds >= span.seconds)
  const big = spans[first]!
  const small = spans[first + 1]
  const text = `${Math.floor(seconds / big.seconds)} ${big.one}`
  const rest = small ? Math.floor((seconds % big.seconds) / small.seconds) : 0
  if (!small || rest === 0 || seconds >= 30 * 86_400) return text
  return `${text} ${small.one === 'min' ? String(rest).padStart(2, '0') : rest} ${small.one}`
}

/** '38 s ago', 'in 3 d 4 h', 'now'. */
export function formatAge(date: Date, now: Date): string {
  const difference = now.getTime() - date.getTime()
  if (Math.abs(difference) < 1_000) return 'now'
  return difference > 0 ? `${formatSpan(difference)} ago` : `in ${formatSpan(-difference)}`
}

/** 'UTC', 'Europe/London' or 'Ages': the clock in one word, for the top bar. */
export const clockWord = ({ clock, timeZone }: Zone): string =>
  clock === 'utc' ? 'UTC' : clock === 'local' ? timeZone : 'Ages'
