import { zeroAddress } from '@/lib/format/address'
import { formatAmount } from '@/lib/format/amount'
import { verdictOf } from '@/lib/format/verdict'
import type { Party, TransferRow } from '@/lib/queries/transfer-row'

/** What happened, in one or two plain sentences, before any table. Pure text, so that a page title can be made of it. */
export function sentenceOf(row: TransferRow): string {
  const amount = `${formatAmount(row.amount, row.instrument.decimals)} ${row.instrument.symbol}`
  const from = nameOf(row.from)
  const to = nameOf(row.to)
  if (row.kind === 'refused') {
    const what = `The ledger refused ${amount} from ${from} to ${to}`
    return `${what}, because ${verdictOf(row.code, row.reason).because}. Nothing moved.`
  }
  if (row.from.address === zeroAddress) return `${amount} were issued to ${to}.`
  if (row.to.address === zeroAddress) return `${amount} of ${from} were redeemed.`
  if (row.cause === 'forced') {
    return `An authority moved ${amount} from ${from} to ${to} by force, by an order of two persons.`
  }
  if (row.cause === 'recovery') {
    return `An authority moved all that a lost account of ${from} held, ${amount}, to another account of theirs.`
  }
  return `${capital(from)} sent ${amount} to ${to}.`
}

function nameOf({ firm, customer }: Party): string {
  if (firm && customer) return `customer ${customer.reference} of ${firm.name}`
  return firm ? `a customer of ${firm.name}` : 'an account that is not registered'
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
