import 'server-only'
import type { Address, Hex } from 'viem'
import type { Officer } from '@/lib/auth/officer'
import { orderKinds, roleBits } from '@/lib/chain/order-kinds'
import { kindLabel, kindName, type OrderAction, readSignatures } from '@/lib/chain/orders'
import { readDelegation, readHolder } from '@/lib/chain/role-table'
import { longestDelegation, minuteOf } from '@/lib/compliance/measures'
import { alwaysTwo } from '@/lib/compliance/signatures'
import { withActor } from '@/lib/db/client'
import type { OrderValues } from '@/lib/db/order'
import { listPersonNamesByChain } from '@/lib/db/person'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { parseAddress } from '@/lib/format/address'
import { askChain } from './ask-chain'
import type { PlannedMeasure } from './measure-terms'
import type { InputOf } from './measures.schema'
import { mistyped, wrongField } from './proposal'

type PeopleInput = InputOf<'roles' | 'deputy' | 'signatures'>
type Judged = {
  action: OrderAction
  target: Address
  subject: string
  before: OrderValues
  after: OrderValues
}

/** Who may do what on chain, for whom, and how many it takes: always by two, and never by a deputy. */
export async function planPeople(officer: Officer, input: PeopleInput): Promise<Result<PlannedMeasure>> {
  const asked = await askChain((client) => client.getBlock({ blockTag: 'latest' }))
  if (!asked.ok) return asked
  const { timestamp } = asked.value
  const judged = await judge(officer, input, timestamp)
  if (!judged.ok) return judged
  return accept({ ...judged.value, blockTime: timestamp, firmId: null })
}

function judge(officer: Officer, input: PeopleInput, now: bigint): Promise<Result<Judged>> {
  switch (input.kind) {
    case 'roles':
      return judgeRoles(officer, input)
    case 'deputy':
      return judgeDeputy(officer, input, now)
    case 'signatures':
      return judgeSignatures(input)
  }
}

const nobody: Hex = `0x${'0'.repeat(64)}`

async function nameOf(officer: Officer, person: Hex): Promise<string> {
  const [found] = await withActor(officer, (tx) => listPersonNamesByChain(tx, [person]))
  return found?.name ?? 'Somebody without an account here'
}

async function judgeRoles(officer: Officer, input: InputOf<'roles'>): Promise<Result<Judged>> {
  const { roles: table } = env().deployment
  const account = parseAddress(input.wallet)
  if (!account) return wrongField('wallet', mistyped)
  const asked = await askChain((client) => readHolder(client, table, account))
  if (!asked.ok) return asked
  const now = asked.value
  const person = input.person as Hex
  const roles = roleBits.reduce(
    (word, name, bit) => (input[name] === 'yes' ? word | (1n << BigInt(bit)) : word),
    0n,
  )
  if (person === nobody) return wrongField('person', 'Choose a person')
  if (roles === now.roles && (roles === 0n || person === now.person)) {
    return wrongField('roles', 'The wallet holds exactly these roles already')
  }
  if (now.person !== nobody && now.person !== person) {
    return wrongField('person', 'The wallet stands for another person, and for good')
  }
  return accept({
    action: { kind: 'SetRoles', account, person, roles },
    target: table,
    subject: account,
    before: { name: await nameOf(officer, person), roles: String(now.roles) },
    after: { roles: String(roles) },
  })
}

async function judgeDeputy(officer: Officer, input: InputOf<'deputy'>, now: bigint): Promise<Result<Judged>> {
  const { roles: table } = env().deployment
  const [principal, delegate] = [parseAddress(input.principal), parseAddress(input.delegate)]
  if (!principal) return wrongField('principal', mistyped)
  if (!delegate) return wrongField('delegate', mistyped)
  const asked = await askChain(async (client) => ({
    from: await readHolder(client, table, principal),
    to: await readHolder(client, table, delegate),
    standing: await readDelegation(client, table, delegate),
  }))
  if (!asked.ok) return asked
  const { from, to, standing } = asked.value
  if (to.person === nobody) return wrongField('delegate', 'This wallet is nobody’s by the role table')
  if (from.person === to.person) return wrongField('delegate', 'Nobody deputises for oneself')
  const terms = deputyTerms(input, now)
  if (!terms.ok) return terms
  const { startsAt, until } = terms.value
  const stands = standing?.principal === principal && standing.until > now ? standing : undefined
  if (until === 0n && !stands) return wrongField('acts', 'It does not act for this wallet')
  return accept({
    action: { kind: 'Delegate', principal, delegate, startsAt, until },
    target: table,
    subject: delegate,
    before: {
      name: await nameOf(officer, to.person),
      principalName: await nameOf(officer, from.person),
      ...(stands && { startsAt: String(stands.startsAt), until: String(stands.until) }),
    },
    after: { startsAt: String(startsAt), until: String(until) },
  })
}

function deputyTerms(
  { acts, ...times }: InputOf<'deputy'>,
  now: bigint,
): Result<{ startsAt: bigint; until: bigint }> {
  if (acts === 'ended') return accept({ startsAt: 0n, until: 0n })
  const startsAt = minuteOf(times.startsAt)
  const until = minuteOf(times.until)
  if (startsAt === undefined) return wrongField('startsAt', 'Enter the date and time at which it begins')
  if (until === undefined) return wrongField('until', 'Enter the date and time at which it ends')
  if (until <= now) return wrongField('until', 'The end must be in the future')
  if (until <= startsAt) return wrongField('until', 'The end must be after the beginning')
  if (until - startsAt > longestDelegation) return wrongField('until', 'A deputy acts for 30 days at most')
  return accept({ startsAt, until })
}

async function judgeSignatures(input: InputOf<'signatures'>): Promise<Result<Judged>> {
  const { orders } = env().deployment
  const ofKind = Number(input.ofKind)
  const signatures = Number(input.signatures)
  if (ofKind >= orderKinds.length) return wrongField('ofKind', 'Choose a kind of order')
  if (signatures === 1 && alwaysTwo.includes(kindName(ofKind))) {
    return wrongField('signatures', 'Orders of this kind take two persons, whatever anybody decides')
  }
  const asked = await askChain((client) => readSignatures(client, orders, ofKind))
  if (!asked.ok) return asked
  if (asked.value === signatures) return wrongField('signatures', 'So many are needed already')
  return accept({
    action: { kind: 'SetSignatures', ofKind, signatures },
    target: orders,
    subject: `kind ${ofKind}`,
    before: { name: kindLabel(ofKind), signatures: String(asked.value) },
    after: { signatures: String(signatures) },
  })
}
