import { type Clock, isTimeZone, type Zone } from './time'

/** How one person likes to read: kept in cookies of the browser and nowhere else. */
export type Theme = 'system' | 'light' | 'dark'
export type Density = 'compact' | 'normal' | 'roomy'
export type Navigation = 'open' | 'folded'
export type View = { theme: Theme; density: Density; navigation: Navigation; shortcuts: boolean; zone: Zone }

export const viewCookies = {
  theme: 'plimsoll-theme',
  density: 'plimsoll-density',
  navigation: 'plimsoll-navigation',
  shortcuts: 'plimsoll-shortcuts',
  clock: 'plimsoll-clock',
  timeZone: 'plimsoll-time-zone',
} as const

export type ViewCookie = keyof typeof viewCookies

const oneOf = <T extends string>(value: string | undefined, known: readonly T[], otherwise: T): T =>
  known.find((item) => item === value) ?? otherwise

/** Cookies come from outside: whatever is not known becomes the default. */
export function parseView(read: (cookie: string) => string | undefined): View {
  const timeZone = decodeURIComponentSafely(read(viewCookies.timeZone) ?? '')
  return {
    theme: oneOf<Theme>(read(viewCookies.theme), ['system', 'light', 'dark'], 'system'),
    density: oneOf<Density>(read(viewCookies.density), ['compact', 'normal', 'roomy'], 'normal'),
    navigation: oneOf<Navigation>(read(viewCookies.navigation), ['open', 'folded'], 'open'),
    shortcuts: read(viewCookies.shortcuts) !== 'off',
    zone: {
      clock: oneOf<Clock>(read(viewCookies.clock), ['utc', 'local', 'age'], 'utc'),
      timeZone: timeZone !== '' && timeZone.length < 64 && isTimeZone(timeZone) ? timeZone : 'UTC',
    },
  }
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
