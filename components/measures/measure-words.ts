import { formatTime } from '@/lib/format/time'
import type { MeasureRow } from '@/lib/queries/measure-row'
import type { Status } from '../ui/chip'

/** Measures in whole sentences. Times in UTC, as in the orders that they rest on. */

export const stateLooks: Record<MeasureRow['state'], { word: string; status: Status }> = {
  standing: { word: 'In force', status: 'warning' },
  overdue: { word: 'Overdue for review', status: 'breach' },
  lapsed: { word: 'Lapsed', status: 'closed' },
  lifted: { word: 'Lifted', status: 'closed' },
  replaced: { word: 'Replaced', status: 'closed' },
}

/** Minutes are enough where the end is one. */
export const momentOf = (iso: string) => formatTime(new Date(iso)).replace(/:00 UTC$/, ' UTC')

const endOf = (until: string | null) => (until === null ? 'until it is lifted' : `until ${momentOf(until)}`)

/** 'Frozen in EUR until 24 Nov 2026 14:00 UTC by one officer; lapses unless two confirm' */
export function measureSentence(row: MeasureRow): string {
  const { kind, state, instrument, until, endedAt, persons } = row
  const what = kind === 'freeze' ? `Frozen in ${instrument.symbol}` : 'Paused'
  const who = persons === 1 ? 'by one officer' : 'by two officers'
  switch (state) {
    case 'standing':
    case 'overdue': {
      const rest =
        persons === 1 ? '; lapses unless two confirm' : until === null ? '' : '; lapses by itself then'
      return `${what} ${endOf(until)} ${who}${rest}`
    }
    case 'lapsed':
      return `Was ${small(what)} ${who}; lapsed by itself on ${momentOf(until ?? row.since)}`
    case 'lifted':
      return `Was ${small(what)} ${who}; lifted on ${momentOf(endedAt ?? row.since)}`
    case 'replaced':
      return `Was ${small(what)} ${who}; another measure took its place on ${momentOf(endedAt ?? row.since)}`
  }
}

const small = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
