import { identityRegistryAbi } from '../../chain/generated/identity-registry'
import {
  deleteCountryChangesAfter,
  deleteScreeningsAfter,
  insertCountryChanges,
  insertScreenings,
} from '../../db/ledger/standing'
import type { Collector } from '../collector'
import { placeOf } from '../draft'
import { decodeEvent, firmIn, topicOf } from '../events'
import { lower } from '../watch'

const flagSet = topicOf(identityRegistryAbi, 'FlagSet')
const countryChanged = topicOf(identityRegistryAbi, 'CountryChanged')

/** Screening hits, and the flag of identities that they make. */
export const screenings: Collector = {
  events: ({ registry }) => [[registry, flagSet]],
  collect: (log, { rows }) => {
    const event = decodeEvent(identityRegistryAbi, 'FlagSet', log)
    const { flagged, orderId } = event
    const firmId = firmIn(log, event.firm)
    rows.screenings.push({ ...placeOf(log), identity: lower(event.identity), firmId, flagged, orderId })
  },
  write: (sql, chainId, rows) => insertScreenings(sql, chainId, rows.screenings),
  discardAfter: (sql, chainId, last) => deleteScreeningsAfter(sql, chainId, last.number),
}

/** Changes of country, and the country of identities that they make. */
export const countryChanges: Collector = {
  events: ({ registry }) => [[registry, countryChanged]],
  collect: (log, { rows }) => {
    const event = decodeEvent(identityRegistryAbi, 'CountryChanged', log)
    rows.countryChanges.push({
      ...placeOf(log),
      identity: lower(event.identity),
      firmId: firmIn(log, event.firm),
      before: event.countryBefore,
      after: event.country,
      orderId: event.orderId,
    })
  },
  write: (sql, chainId, rows) => insertCountryChanges(sql, chainId, rows.countryChanges),
  discardAfter: (sql, chainId, last) => deleteCountryChangesAfter(sql, chainId, last.number),
}
