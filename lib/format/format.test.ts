import { describe, expect, it } from 'vitest'
import { parseAddress, shortAddress } from './address'
import {
  approximately,
  countWord,
  formatShare,
  groupDigits,
  isCapped,
  mostCounted,
  plural,
  pluralUpTo,
} from './number'
import { formatAge, formatRowTime, formatSpan, formatTime, zoneName } from './time'
import { parseView } from './view'

describe('address', () => {
  const mixed = '0x5FbDB2315678afecb367f032d93F642f64180aa3'

  it('accepts lower case, upper case and a right checksum', () => {
    const lower = mixed.toLowerCase()
    expect(parseAddress(mixed)).toBe(lower)
    expect(parseAddress(` ${lower} `)).toBe(lower)
    expect(parseAddress(`0x${lower.slice(2).toUpperCase()}`)).toBe(lower)
  })

  it.each([
    mixed.replace('FbD', 'fbD'),
    mixed.slice(0, -1),
    `${mixed}0`,
    mixed.slice(2),
    `0X${mixed.slice(2)}`,
    '0xg00000000000000000000000000000000000000000',
    '',
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeUndefined()
  })

  it('shortens the checksum form', () => {
    expect(shortAddress(mixed.toLowerCase())).toBe('0x5FbD…0aa3')
  })
})

describe('time', () => {
  const instant = new Date('2026-09-01T22:04:08.900Z')
  const zurich = { clock: 'local', timeZone: 'Europe/Zurich' } as const
  const utc = { clock: 'utc', timeZone: 'Europe/Zurich' } as const

  it('names the zone it prints in', () => {
    expect(formatTime(instant, utc)).toBe('1 Sep 2026 22:04:08 UTC')
    expect(formatTime(instant, zurich)).toMatch(/^2 Sep 2026 00:04:08 (CEST|GMT\+2)$/)
    expect(zoneName(utc, instant)).toBe('UTC')
  })

  it('adds the year to a row only where it is another', () => {
    expect(formatRowTime(instant, utc, new Date('2026-11-01T00:00:00Z'))).toBe('1 Sep 22:04:08')
    expect(formatRowTime(instant, utc, new Date('2027-01-01T00:00:00Z'))).toBe('1 Sep 2026 22:04:08')
  })

  it('prints midnight as 00 and not as 24', () => {
    expect(formatTime(new Date('2026-01-01T00:00:00Z'), utc)).toBe('1 Jan 2026 00:00:00 UTC')
  })

  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_720_000, '1 h 02 min'],
    [7_200_000, '2 h'],
    [273_600_000, '3 d 4 h'],
    [-5, '0 s'],
  ])('prints %i ms as %s', (span, text) => {
    expect(formatSpan(span)).toBe(text)
  })

  it('says ago, in and now', () => {
    expect(formatAge(new Date(0), new Date(38_000))).toBe('38 s ago')
    expect(formatAge(new Date(840_000), new Date(0))).toBe('in 14 min')
    expect(formatAge(new Date(0), new Date(999))).toBe('now')
  })
})

describe('number', () => {
  it('groups, counts and admits what is an estimate', () => {
    expect(groupDigits(1234567n)).toBe('1,234,567')
    expect(groupDigits('-1000')).toBe('−1,000')
    expect(countWord(0)).toBe('no')
    expect(countWord(10)).toBe('10')
    expect(plural(1, 'transfer')).toBe('1 transfer')
    expect(plural(2n, 'identity', 'identities')).toBe('2 identities')
    expect(pluralUpTo(1, 'customer')).toBe('1 customer')
    expect(pluralUpTo(mostCounted - 1, 'customer')).toBe('9,999 customers')
    expect(pluralUpTo(mostCounted, 'customer holds', 'customers hold')).toBe('10,000 or more customers hold')
    expect([isCapped(mostCounted - 1), isCapped(mostCounted)]).toEqual([false, true])
    expect(approximately(999)).toBe('999')
    expect(approximately(6_149)).toBe('about 6,100')
    expect(approximately(1_234_567)).toBe('about 1,200,000')
  })

  it('never rounds a share up to a line', () => {
    expect(formatShare(9_999)).toBe('99.9 %')
    expect(formatShare(10_000)).toBe('100 %')
    expect(formatShare(7)).toBe('0 %')
  })
})

describe('parseView', () => {
  const view = (jar: Record<string, string>) => parseView((name) => jar[name])

  it('falls back to the default for whatever it does not know', () => {
    const fallback = view({})
    expect(
      view({ 'plimsoll-theme': '"><script>', 'plimsoll-time-zone': 'Mars/Base', 'plimsoll-clock': 'x' }),
    ).toEqual(fallback)
    expect(view({ 'plimsoll-time-zone': '%E0%A4%A' })).toEqual(fallback)
    expect(fallback.zone).toEqual({ clock: 'utc', timeZone: 'UTC' })
  })

  it('reads what was chosen', () => {
    const chosen = view({
      'plimsoll-theme': 'dark',
      'plimsoll-clock': 'local',
      'plimsoll-time-zone': 'Europe%2FLondon',
    })
    expect(chosen.theme).toBe('dark')
    expect(chosen.zone).toEqual({ clock: 'local', timeZone: 'Europe/London' })
  })
})
