import 'server-only'
import { z } from 'zod'
import { may, type Officer } from '@/lib/auth/officer'
import { withSnapshot } from '@/lib/db/client'
import { type FirmName, listFirmNames } from '@/lib/db/firm'
import {
  countIdentities,
  type IdentityFilter,
  type IdentityRecord,
  listCountries,
  listIdentities,
  listIdentitiesByExpiry,
  placeOf,
  type StandingFilter,
} from '@/lib/db/identity'
import { decodeKeyset, encodeKeyset, keysetPart } from '@/lib/db/keyset'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { parseAddress } from '@/lib/format/address'
import { countryName } from '@/lib/format/country'
import { type AsOf, getAsOf } from './as-of'
import { notReader, refusePage } from './refuse-page'
import { expiringDays, type Standing, standingOf } from './standing'

export type CustomersSearch = {
  firm?: number
  standing?: StandingFilter
  /** With 'expiring': within so many days of the block; 30 unless told. */
  days?: number
  country?: number
  tier?: number
  /** Beginning of a reference, or a whole address. */
  text?: string
  after?: string
}

export type CustomerRow = {
  identity: string
  reference: string | null
  name: string | null
  firm: { id: number; name: string }
  country: string
  standing: Standing
  tier: number
  /** ISO 8601, exclusive. */
  expiry: string | null
}

export type CustomersPage = {
  asOf: AsOf
  rows: CustomerRow[]
  /** Counted up to `countedTo`. */
  total: number
  next: string | null
  firms: FirmName[]
  countries: { value: number; name: string }[]
  fields: Record<string, string>
}

export const countedTo = 1_000
const pageSize = 50

/** Customers by reference; those that expire or have expired by the date of it. */
export async function getCustomersPage(
  officer: Officer,
  search: CustomersSearch,
): Promise<Result<CustomersPage>> {
  if (!may(officer, 'read:ledger')) return refusePage(officer, 'customers', notReader)
  const byExpiry = search.standing === 'expiring' || search.standing === 'expired'
  const place = decodePlace(search.after, byExpiry)
  if (!place.ok) return refusePage(officer, 'customers', place.refusal)
  const { chainId } = env()
  return withSnapshot(officer, async (tx) => {
    const asOf = await getAsOf(tx)
    const filter = filterOf(officer, search, chainId, new Date(asOf.time))
    const firms = officer.firmId === null ? await listFirmNames(tx, chainId) : []
    const countries = await listCountries(tx, chainId, officer.firmId ?? undefined)
    const choices = {
      firms,
      countries: countries
        .map((value) => ({ value, name: countryName(value) }))
        .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    }
    if (!filter.ok) {
      return accept({ asOf, rows: [], total: 0, next: null, ...choices, fields: filter.refusal.fields ?? {} })
    }
    const found = byExpiry
      ? await listIdentitiesByExpiry(tx, filter.value, place.value.expiry, pageSize + 1)
      : await listIdentities(tx, filter.value, place.value.reference, pageSize + 1)
    const records = found.slice(0, pageSize)
    const last = found.length > pageSize ? records.at(-1) : undefined
    return accept({
      asOf,
      rows: records.map((record) => rowOf(record, new Date(asOf.time))),
      total: await countIdentities(tx, filter.value, countedTo),
      next: last ? encodePlace(last, byExpiry) : null,
      ...choices,
      fields: {},
    })
  })
}

function filterOf(
  officer: Officer,
  search: CustomersSearch,
  chainId: number,
  now: Date,
): Result<IdentityFilter> {
  const text = search.text?.replaceAll('\0', '').trim() ?? ''
  const address = /^0x/i.test(text) ? parseAddress(text) : undefined
  if (/^0x/i.test(text) && !address) {
    const message = 'Enter the whole address, 0x and 40 digits, exactly as it is written'
    return refuse('bad-input', message, { fields: { text: message } })
  }
  return accept({
    chainId,
    now,
    firmId: officer.firmId ?? search.firm,
    standing: search.standing,
    until: new Date(now.getTime() + (search.days ?? expiringDays) * 86_400_000),
    country: search.country,
    tier: search.tier,
    address,
    reference: address || text === '' ? undefined : text,
  })
}

const rowOf = (record: IdentityRecord, now: Date): CustomerRow => ({
  identity: record.address,
  reference: record.reference,
  name: record.name,
  firm: { id: record.firmId, name: record.firmName ?? `Firm ${record.firmId}` },
  country: countryName(record.country),
  standing: standingOf(record.status, record.expiry, now),
  tier: record.tier,
  expiry: record.expiry?.toISOString() ?? null,
})

const referenceSchema = z.tuple([z.literal([0, 1]), keysetPart.text])
const expirySchema = z.tuple([keysetPart.date, keysetPart.text])

type Place = { reference?: { rank: number; key: string }; expiry?: { expiry: Date; address: string } }

function decodePlace(after: string | undefined, byExpiry: boolean): Result<Place> {
  if (after === undefined) return accept({})
  if (byExpiry) {
    const place = decodeKeyset(after, expirySchema)
    return place.ok ? accept({ expiry: { expiry: place.value[0], address: place.value[1] } }) : place
  }
  const place = decodeKeyset(after, referenceSchema)
  return place.ok ? accept({ reference: { rank: place.value[0], key: place.value[1] } }) : place
}

function encodePlace(record: IdentityRecord, byExpiry: boolean): string {
  if (byExpiry && record.expiry) return encodeKeyset([record.expiry, record.address])
  const { rank, key } = placeOf(record)
  return encodeKeyset([rank, key])
}
