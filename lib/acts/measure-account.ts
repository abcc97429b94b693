import 'server-only'
import type { Address } from 'viem'
import type { Officer } from '@/lib/auth/officer'
import { readHolding } from '@/lib/chain/measures'
import type { OrderAction } from '@/lib/chain/orders'
import { type AccountRecord, findAccount } from '@/lib/db/account'
import { type Tx, withActor } from '@/lib/db/client'
import { findIdentity } from '@/lib/db/identity'
import { findInstrument, type InstrumentRecord } from '@/lib/db/instrument'
import type { OrderValues } from '@/lib/db/order'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { parseAddress } from '@/lib/format/address'
import { formatAmount, parseAmount } from '@/lib/format/amount'
import { askChain } from './ask-chain'
import { type PlannedMeasure, termsOf } from './measure-terms'
import type { InputOf } from './measures.schema'
import { mistyped, notOurs, wrongField } from './proposal'

export type AccountInput = InputOf<'freeze' | 'unfreeze' | 'freeze-amount' | 'forced-transfer' | 'recover'>

export type Party = { account: AccountRecord; name: string }
type Facts = {
  party: Party
  /** Where units would go: the other side of a forced transfer, or the replacement of a lost account. */
  other: Party | undefined
  instrument: InstrumentRecord
  holding: Awaited<ReturnType<typeof readHolding>>
  blockTime: bigint
}

/** What is done to one account of a customer in one instrument. */
export async function planAccountMeasure(
  officer: Officer,
  input: AccountInput,
): Promise<Result<PlannedMeasure>> {
  const facts = await gather(officer, input)
  if (!facts.ok) return facts
  const { party, other, instrument, holding, blockTime } = facts.value
  const judged = judge(input, facts.value)
  if (!judged.ok) return judged
  const { action, after } = judged.value
  return accept({
    action,
    target: instrument.address,
    confirmed: input.kind === 'freeze' && input.confirmed === 'two',
    blockTime,
    firmId: party.account.firmId,
    subject: party.account.identity,
    before: {
      name: party.name,
      symbol: instrument.symbol,
      decimals: String(instrument.decimals),
      until: String(holding.until),
      amount: String(holding.frozen),
      balance: String(holding.balance),
      ...(other && { toName: other.name }),
    },
    after,
  })
}

async function gather(officer: Officer, input: AccountInput): Promise<Result<Facts>> {
  const { chainId } = env()
  // A mixed-case address whose checksum does not hold has a typing mistake in it.
  const account = parseAddress(input.account)
  if (!account) return wrongField('account', mistyped)
  const otherField = input.kind === 'forced-transfer' ? 'to' : 'replacement'
  const typed =
    input.kind === 'forced-transfer' ? input.to : input.kind === 'recover' ? input.replacement : undefined
  const otherAddress = typed === undefined ? undefined : parseAddress(typed)
  if (typed !== undefined && !otherAddress) return wrongField(otherField, mistyped)
  const known = await withActor(officer, async (tx) => ({
    party: await findParty(tx, chainId, account),
    other: otherAddress && (await findParty(tx, chainId, otherAddress)),
    instrument: await findInstrument(tx, chainId, input.instrument.toLowerCase() as Address),
  }))
  const { party, other, instrument } = known
  if (!party) return wrongField('account', 'Nobody registered this account, so there is nobody to act on')
  if (instrument?.standard !== 'plimsoll') return notOurs
  if (otherAddress && !other) return wrongField(otherField, 'Nobody registered this account')
  if (other?.account.address === account) {
    return wrongField(otherField, 'This is the same account')
  }
  const asked = await askChain(async (client) => {
    const { timestamp } = await client.getBlock({ blockTag: 'latest' })
    return {
      blockTime: timestamp,
      holding: await readHolding(client, instrument.address, account, timestamp),
    }
  })
  if (!asked.ok) return asked
  if (asked.value.holding.isRetired) {
    return wrongField('account', `This account was recovered: in ${instrument.symbol} it is retired for good`)
  }
  return accept({ party, other, instrument, ...asked.value })
}

/** By a name that is no personal data. */
export async function findParty(tx: Tx, chainId: number, address: Address): Promise<Party | undefined> {
  const account = await findAccount(tx, chainId, address)
  const identity = account && (await findIdentity(tx, chainId, account.identity))
  return identity && { account, name: identity.reference ?? identity.address }
}

type Judged = { action: OrderAction; after: OrderValues }

function judge(input: AccountInput, facts: Facts): Result<Judged> {
  const account = facts.party.account.address
  const { holding, blockTime } = facts
  switch (input.kind) {
    case 'freeze': {
      const terms = termsOf(input, { blockTime, standing: holding.until, is: 'frozen' })
      if (!terms.ok) return terms
      const { expiresAt, reviewBy } = terms.value
      const after = { until: String(expiresAt), reviewBy: String(reviewBy) }
      return accept({ action: { kind: 'Freeze', account, reviewBy, expiresAt }, after })
    }
    case 'unfreeze':
      return holding.until === 0n
        ? wrongField('instrument', `The account is not frozen in ${facts.instrument.symbol}`)
        : accept({ action: { kind: 'Unfreeze', account }, after: { until: '0' } })
    case 'freeze-amount':
      return judgeAmount(input, facts)
    case 'forced-transfer':
      return judgeForced(input, facts)
    case 'recover':
      return judgeRecovery(facts)
  }
}

function judgeAmount(input: InputOf<'freeze-amount'>, { party, instrument, holding }: Facts): Result<Judged> {
  const parsed = parseAmount(input.amount, instrument.decimals)
  if (!parsed.ok) return wrongField('amount', parsed.refusal.message)
  const amount = parsed.value
  if (amount > largestHold) return wrongField('amount', 'Enter a smaller amount')
  if (amount === holding.frozen) return wrongField('amount', 'So much is frozen already')
  const action = { kind: 'FreezeAmount', account: party.account.address, amount } as const
  return accept({ action, after: { amount: String(amount) } })
}

/** Holds keep amounts in 192 bits. */
const largestHold = 2n ** 192n - 1n

function judgeForced(
  input: InputOf<'forced-transfer'>,
  { party, other, instrument, holding }: Facts,
): Result<Judged> {
  const parsed = parseAmount(input.amount, instrument.decimals)
  if (!parsed.ok) return wrongField('amount', parsed.refusal.message)
  const amount = parsed.value
  if (amount === 0n) return wrongField('amount', 'Enter an amount above zero')
  if (amount > holding.balance) {
    const held = `${formatAmount(holding.balance, instrument.decimals)} ${instrument.symbol}`
    return wrongField('amount', `The account holds ${held}, which is less`)
  }
  const [from, to] = [party.account.address, other!.account.address]
  return accept({
    action: { kind: 'ForcedTransfer', from, to, amount },
    after: { balance: String(holding.balance - amount), amount: String(amount) },
  })
}

function judgeRecovery({ party, other }: Facts): Result<Judged> {
  const { address: lost, identity } = party.account
  if (other!.account.identity !== identity) {
    return wrongField('replacement', 'The account that takes over must be of the same customer')
  }
  const replacement = other!.account.address
  return accept({ action: { kind: 'Recover', lost, replacement, identity }, after: { balance: '0' } })
}
