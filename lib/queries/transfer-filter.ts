import 'server-only'
import type { Address, Hex } from 'viem'
import type { Officer } from '@/lib/auth/officer'
import { listAccounts } from '@/lib/db/account'
import { findFirstBlockSince } from '@/lib/db/block'
import type { Tx } from '@/lib/db/client'
import { findCustomerByReference } from '@/lib/db/customer'
import type { InstrumentRecord } from '@/lib/db/instrument'
import type { TransferFilter } from '@/lib/db/transfer-filter'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { parseAddress } from '@/lib/format/address'
import { maxAmount, parseAmount } from '@/lib/format/amount'

export const outcomes = [
  'settled',
  'forced',
  'recovery',
  'pending',
  'refused',
  'refused-limit',
  'refused-kyc',
] as const

/** The filters of the timeline as they stand in a URL: text of the reader, nothing checked yet. */
export type TransferSearch = {
  firm?: readonly string[]
  instrument?: string
  outcome?: string
  /** Amounts in whole units of the instrument, as typed. */
  min?: string
  max?: string
  /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM[:SS]`, UTC; since is inclusive, until exclusive. */
  since?: string
  until?: string
  /** An account, an identity or a customer's reference. */
  account?: string
  tx?: string
  block?: string
}

type Context = {
  chainId: number
  instruments: readonly InstrumentRecord[]
  finalBlock: bigint
  /** The last indexed block. */
  lastBlock: bigint
}

/** Each field that cannot be used gets its own message; one such field and nothing is searched. */
export async function filterOf(
  tx: Tx,
  officer: Officer,
  search: TransferSearch,
  context: Context,
): Promise<Result<TransferFilter>> {
  const fields: Record<string, string> = {}
  const { chainId, finalBlock } = context
  const filter: TransferFilter = { chainId, finalBlock, ownFirm: officer.firmId }

  const firms = (search.firm ?? []).map((text) => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN))
  if (firms.some(Number.isNaN) || firms.length > 50) fields.firm = 'Choose firms from the list'
  else if (firms.length > 0) filter.firms = firms

  const outcome = outcomes.find((name) => name === search.outcome)
  if (search.outcome && !outcome) fields.outcome = 'Choose an outcome from the list'
  filter.outcome = outcome

  const instrument = context.instruments.find(({ address }) => address === search.instrument?.toLowerCase())
  if (search.instrument && !instrument) fields.instrument = 'Choose an instrument from the list'
  filter.instrument = instrument?.address

  if (search.min || search.max) filter.amounts = amountsOf(search, instrument, context.instruments, fields)
  if (search.tx) {
    if (/^0x[0-9a-f]{64}$/i.test(search.tx)) filter.txHash = search.tx.toLowerCase() as Hex
    else fields.tx = 'Enter a transaction hash: 0x and 64 hexadecimal digits'
  }
  await boundBlocks(tx, search, context, filter, fields)
  if (search.account) filter.accounts = await accountsOf(tx, chainId, search.account, fields)

  return Object.keys(fields).length > 0
    ? refuse('bad-input', 'A filter cannot be used.', {
        fields,
        values: { fields: Object.keys(fields).join(' ') },
      })
    : accept(filter)
}

/** One pair of bounds for all instruments: 100 means a hundred units, whatever decimals a unit has. */
function amountsOf(
  { min, max }: TransferSearch,
  chosen: InstrumentRecord | undefined,
  instruments: readonly InstrumentRecord[],
  fields: Record<string, string>,
): TransferFilter['amounts'] {
  const among = chosen ? [chosen] : instruments
  const finest = Math.max(0, ...among.map(({ decimals }) => decimals))
  const bound = (field: 'min' | 'max', text: string | undefined): bigint | undefined => {
    if (!text) return undefined
    const parsed = parseAmount(text, finest)
    if (parsed.ok) return parsed.value
    fields[field] = parsed.refusal.message
    return undefined
  }
  const least = bound('min', min) ?? 0n
  const most = bound('max', max) ?? maxAmount
  if (least > most) fields.max = 'Enter an amount that is not below the smallest'
  return [...new Set(among.map(({ decimals }) => decimals))].map((decimals) => {
    const scale = 10n ** BigInt(finest - decimals)
    const instruments = among.filter((one) => one.decimals === decimals).map(({ address }) => address)
    return { instruments, least: (least + scale - 1n) / scale, most: most / scale }
  })
}

async function boundBlocks(
  tx: Tx,
  { since, until, block }: TransferSearch,
  { chainId, lastBlock }: Context,
  filter: TransferFilter,
  fields: Record<string, string>,
): Promise<void> {
  if (block) {
    if (/^\d{1,18}$/.test(block)) {
      filter.fromBlock = BigInt(block)
      filter.toBlock = BigInt(block)
    } else fields.block = 'Enter a block number in figures'
    return
  }
  const from = timeOf(since)
  const to = timeOf(until)
  if (from === null) fields.since = 'Enter a date and time, such as 2026-11-22T00:00'
  if (to === null) fields.until = 'Enter a date and time, such as 2026-11-22T00:00'
  if (from && to && from >= to) fields.until = 'Enter a time after the first one'
  const nothing = lastBlock + 1n
  if (from) filter.fromBlock = (await findFirstBlockSince(tx, chainId, from)) ?? nothing
  if (to) filter.toBlock = ((await findFirstBlockSince(tx, chainId, to)) ?? nothing) - 1n
}

/** Undefined: not asked. Null: no time. */
function timeOf(text: string | undefined): Date | null | undefined {
  if (!text) return undefined
  const parts = /^(?!0000)(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?))?$/.exec(text)
  const time = new Date(`${parts?.[1]}T${parts?.[2] ?? '00:00'}Z`)
  // 31 February becomes 3 March in a Date; whoever typed it did not mean that.
  return Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== parts?.[1] ? null : time
}

/** An identity or a customer stands for all their accounts. An address that we do not know is searched as it is. */
async function accountsOf(
  tx: Tx,
  chainId: number,
  text: string,
  fields: Record<string, string>,
): Promise<Address[] | undefined> {
  const address = parseAddress(text)
  if (!address) {
    const customer = isReference(text)
      ? await findCustomerByReference(tx, chainId, text.trim().toUpperCase())
      : undefined
    if (customer)
      return (await listAccounts(tx, chainId, customer.identity)).map((account) => account.address)
    fields.account = 'Enter an address (0x and 40 digits) or a customer reference that you may see'
    return undefined
  }
  const accounts = await listAccounts(tx, chainId, address)
  return accounts.length > 0 ? accounts.map((account) => account.address) : [address]
}

const isReference = (text: string): boolean => /^[\w-]{1,40}$/.test(text.trim())
