import 'server-only'
import type { Hex } from 'viem'
import { may, type Officer } from '@/lib/auth/officer'
import { findAccount } from '@/lib/db/account'
import { findBlock, findBlockByHash } from '@/lib/db/block'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { findCustomer, findCustomerByReference } from '@/lib/db/customer'
import { listFirmNames, listFirms } from '@/lib/db/firm'
import { findIdentity, listIdentities } from '@/lib/db/identity'
import { findInstrument } from '@/lib/db/instrument'
import { findOrder } from '@/lib/db/order'
import { listTransfers } from '@/lib/db/transfer'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { parseAddress } from '@/lib/format/address'
import { type AsOf, getAsOf } from './as-of'
import { refusePage } from './refuse-page'

/** Something that a search found; the page knows the address of each kind. */
export type Found =
  | { kind: 'transfer'; outcome: 'settled' | 'refused'; block: string; index: number }
  | { kind: 'transaction'; hash: string }
  | { kind: 'block'; block: string }
  | { kind: 'account'; address: string }
  | { kind: 'instrument'; address: string; symbol: string }
  | { kind: 'customer'; identity: string; reference: string | null; firm: string }
  | { kind: 'firm'; id: number; name: string; lei: string }
  | { kind: 'order'; reference: string }

/** `exact`: there is one thing that it can only mean. Otherwise what begins or sounds like it. */
export type SearchPage = { asOf: AsOf; exact?: Found; found: Found[] }

const shown = 20
export const longestSearch = 200

/** Finds only what the officer may see: what is another firm's is as unknown as what does not exist. */
export async function getSearchPage(officer: Officer, query: string): Promise<Result<SearchPage>> {
  if (!may(officer, 'read:ledger')) {
    return refusePage(
      officer,
      'search',
      refuse('not-permitted', 'Your role may not read the ledger.').refusal,
    )
  }
  const text = query.trim().normalize('NFC').replaceAll('\0', '').slice(0, longestSearch)
  return withSnapshot(officer, async (tx) => {
    const asOf = await getAsOf(tx)
    if (text === '') return accept({ asOf, found: [] })
    const exact = (await exactly(tx, officer, text)) ?? undefined
    return accept({ asOf, exact, found: exact ? [exact] : await roughly(tx, text) })
  })
}

async function exactly(tx: Tx, officer: Officer, text: string): Promise<Found | undefined> {
  const { chainId } = env()
  if (/^0x[0-9a-f]{64}$/i.test(text)) return byHash(tx, officer, text.toLowerCase() as Hex)
  if (parseAddress(text)) return byAddress(tx, officer, text)
  // An LEI can be all digits too, but it has twenty of them, and no block number has.
  if (/^\d[\d,]{0,23}$/.test(text) && text.replaceAll(',', '').length <= 18) {
    const block = await findBlock(tx, chainId, BigInt(text.replaceAll(',', '')))
    return block && { kind: 'block', block: block.number.toString() }
  }
  const upper = text.toUpperCase()
  if (/^O-\d{4}-\d{1,9}$/.test(upper)) {
    const order = await findOrder(tx, upper)
    if (order) return { kind: 'order', reference: order.reference }
  }
  const customer = await findCustomerByReference(tx, chainId, upper)
  if (customer) return customerOf(tx, customer.identity)
  const lower = text.toLowerCase()
  const firm = (await listFirms(tx, { chainId, text, take: shown })).find(
    ({ name, lei }) => name.toLowerCase() === lower || lei === upper,
  )
  return firm && { kind: 'firm', id: firm.id, name: firm.name, lei: firm.lei }
}

async function byHash(tx: Tx, officer: Officer, hash: Hex): Promise<Found | undefined> {
  const { chainId } = env()
  const filter = { chainId, ownFirm: officer.firmId, txHash: hash, finalBlock: 0n }
  const transfers = await listTransfers(tx, filter, { direction: 'newer', take: 2 })
  const first = transfers[0]
  if (first && transfers.length > 1) return { kind: 'transaction', hash }
  if (first) {
    const index = first.kind === 'settled' ? first.logIndex : first.txIndex
    return { kind: 'transfer', outcome: first.kind, block: first.blockNumber.toString(), index }
  }
  const block = await findBlockByHash(tx, chainId, hash)
  return block && { kind: 'block', block: block.number.toString() }
}

async function byAddress(tx: Tx, officer: Officer, text: string): Promise<Found | undefined> {
  const { chainId } = env()
  const address = parseAddress(text)
  if (!address) return undefined
  const account = await findAccount(tx, chainId, address)
  const customer = await customerOf(tx, account?.identity ?? address)
  if (customer) return customer
  const instrument = await findInstrument(tx, chainId, address)
  if (instrument) return { kind: 'instrument', address, symbol: instrument.symbol }
  // A counterparty's account, or one that nobody registered: known by its transfers alone.
  const filter = { chainId, ownFirm: officer.firmId, accounts: [address], finalBlock: 0n }
  const moved = await listTransfers(tx, filter, { direction: 'older', take: 1 })
  return moved.length > 0 ? { kind: 'account', address } : undefined
}

async function customerOf(tx: Tx, identity: string): Promise<Found | undefined> {
  const { chainId } = env()
  const found = await findIdentity(tx, chainId, identity)
  if (!found) return undefined
  const customer = await findCustomer(tx, chainId, found.address)
  return {
    kind: 'customer',
    identity: found.address,
    reference: customer?.reference ?? null,
    firm: found.firmName ?? `Firm ${found.firmId}`,
  }
}

async function roughly(tx: Tx, text: string): Promise<Found[]> {
  const { chainId } = env()
  const firms = await listFirms(tx, { chainId, text, take: shown })
  const names = new Map((await listFirmNames(tx, chainId)).map(({ id, name }) => [id, name]))
  const customers = /^[\w-]+$/.test(text)
    ? await listIdentities(tx, { chainId, now: new Date(0), reference: text }, undefined, shown)
    : []
  return [
    ...firms.map(({ id, name, lei }) => ({ kind: 'firm', id, name, lei }) as const),
    ...customers.map(
      ({ address, reference, firmId }) =>
        ({ kind: 'customer', identity: address, reference, firm: names.get(firmId) ?? '' }) as const,
    ),
  ]
}
