import { clockWord, type Zone } from '@/lib/format/time'

/** Header of a column of times, which then carry no zone of their own; an age needs none. */
export const clocked = (header: string, zone: Zone): string =>
  zone.clock === 'age' ? header : `${header} (${clockWord(zone)})`
