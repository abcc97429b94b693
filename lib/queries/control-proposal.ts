import 'server-only'
import type { Hex } from 'viem'
import { orderKinds, roleBits } from '@/lib/chain/order-kinds'
import type { MeasureKind } from '@/lib/compliance/measures'
import type { Tx } from '@/lib/db/client'
import { listInstrumentModules } from '@/lib/db/module'
import { listAuthorityNames, listPersonNamesByChain } from '@/lib/db/person'
import { listRates } from '@/lib/db/rate'
import { listRoleHolders, type RoleHolderRecord } from '@/lib/db/role-holder'
import { listClaimTopics, listTrustedIssuers } from '@/lib/db/trust'
import { listUpgrades } from '@/lib/db/upgrade'
import { checksum, parseAddress } from '@/lib/format/address'
import { countryChoices } from '@/lib/format/country'
import { groupDigits, plural } from '@/lib/format/number'
import { formatTime } from '@/lib/format/time'
import type { AsOf } from './as-of'
import { codeNow } from './code-now'

export type Choice = { value: string; label: string }
export type ChoiceName = 'country' | 'principal' | 'delegate' | 'person' | 'ofKind' | 'step'

/** What the form of a kind shows of how it stands, offers to choose from, and begins with besides the URL. */
export type Controls = {
  facts: { term: string; text: string; isAddress?: boolean }[]
  choices: Partial<Record<ChoiceName, Choice[]>>
  first: Record<string, string>
}

type Search = Readonly<Record<string, string | undefined>>
const none: Controls = { facts: [], choices: {}, first: {} }

export async function controlsOf(tx: Tx, asOf: AsOf, kind: MeasureKind, search: Search): Promise<Controls> {
  switch (kind) {
    case 'country':
    case 'country-rule':
      return { ...none, choices: { country: countryChoices() } }
    case 'preapproval':
      return { ...none, first: picked(search, ['from', 'to', 'amount', 'stands']) }
    case 'rate':
    case 'compliance':
      return { ...none, facts: await ruleFacts(tx, asOf, kind, search.instrument ?? '') }
    case 'upgrade':
      return upgradeControls(tx, asOf, search)
    case 'trusted-issuer':
    case 'claim-topic':
      return {
        ...none,
        facts: await trustFacts(tx, asOf),
        first: picked(search, ['issuer', 'topic', 'trusted', 'required']),
      }
    case 'roles':
      return roleControls(tx, asOf, search)
    case 'deputy':
      return deputyControls(tx, asOf, search)
    case 'signatures': {
      const kinds = orderKinds.flatMap(({ label }, at) => (at === 0 ? [] : [{ value: String(at), label }]))
      return { ...none, choices: { ofKind: kinds }, first: picked(search, ['ofKind', 'signatures']) }
    }
    default:
      return none
  }
}

/** What the URL says, where it says anything. */
const picked = (search: Search, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (search[name] ? [[name, search[name]]] : [])))

const addressOf = (term: string, text: string) => ({ term, text: checksum(text), isAddress: true })

async function ruleFacts(
  tx: Tx,
  { chainId }: AsOf,
  kind: 'rate' | 'compliance',
  instrument: string,
): Promise<Controls['facts']> {
  if (kind === 'rate') {
    const rate = (await listRates(tx, chainId)).find((each) => each.instrument === instrument)
    const words =
      rate && `${groupDigits(rate.numerator)} cents for ${plural(rate.denominator, 'smallest unit')}`
    return [{ term: 'Rate now', text: words ?? 'None: it counts for nothing' }]
  }
  const obeys = (await listInstrumentModules(tx, chainId)).find((each) => each.instrument === instrument)
  return obeys ? [addressOf('Obeys now', obeys.compliance)] : []
}

async function upgradeControls(tx: Tx, { chainId, time }: AsOf, search: Search): Promise<Controls> {
  const steps = await listUpgrades(tx, chainId, search.instrument ?? '')
  const { inForce, scheduled, wayBack } = codeNow(steps, new Date(time))
  const possible = ['new', ...(scheduled ? ['cancel'] : []), ...(wayBack ? ['back'] : [])]
  return {
    facts: [
      ...(inForce ? [addressOf('Code in force', inForce.implementation)] : []),
      ...(scheduled ? [addressOf('Scheduled code', scheduled.implementation)] : []),
      ...(scheduled?.notBefore
        ? [{ term: 'In force at the earliest', text: formatTime(scheduled.notBefore) }]
        : []),
      ...(wayBack ? [addressOf('Way back to', wayBack.implementation)] : []),
    ],
    choices: { step: possible.map((value) => ({ value, label: value })) },
    first: picked(search, ['step']),
  }
}

async function trustFacts(tx: Tx, { chainId }: AsOf): Promise<Controls['facts']> {
  const topics = await listClaimTopics(tx, chainId)
  const issuers = await listTrustedIssuers(tx, chainId)
  const different = new Set(issuers.map(({ issuer }) => issuer)).size
  return [
    {
      term: 'Claims everybody needs',
      text: topics.map(({ topic }) => `topic ${topic}`).join(', ') || 'None',
    },
    { term: 'Trusted issuers', text: different === 0 ? 'None' : plural(different, 'issuer') },
  ]
}

async function roleControls(tx: Tx, { chainId }: AsOf, search: Search): Promise<Controls> {
  const holders = await listRoleHolders(tx, chainId)
  const wallet = parseAddress(search.wallet ?? '')
  const holder = holders.find(({ account }) => account === wallet)
  const people = await listAuthorityNames(tx)
  const known = new Set(people.map(({ chainPerson }) => chainPerson))
  const others = [...new Set(holders.map(({ person }) => person))].filter((person) => !known.has(person))
  const held = roleBits.filter((_, bit) => ((holder?.roles ?? 0n) >> BigInt(bit)) & 1n)
  return {
    facts: [],
    choices: {
      person: [
        ...people.map(({ chainPerson, name, role }) => ({ value: chainPerson, label: `${name}, ${role}` })),
        ...others.map((person) => ({ value: person, label: `No account here: ${person.slice(0, 18)}…` })),
      ],
    },
    first: {
      ...(wallet ? { wallet: checksum(wallet) } : {}),
      ...(holder ? { person: holder.person } : {}),
      ...Object.fromEntries(held.map((name) => [name, 'yes'])),
    },
  }
}

const lendable = 6n

async function deputyControls(tx: Tx, { chainId }: AsOf, search: Search): Promise<Controls> {
  const holders = await listRoleHolders(tx, chainId)
  const names = await listPersonNamesByChain(
    tx,
    holders.map(({ person }) => person),
  )
  const label = ({ account, person }: RoleHolderRecord) => `${nameIn(names, person)} · ${checksum(account)}`
  const choice = (holder: RoleHolderRecord) => ({ value: holder.account, label: label(holder) })
  return {
    facts: [],
    choices: {
      principal: holders.filter(({ roles }) => (roles & lendable) !== 0n).map(choice),
      delegate: holders.map(choice),
    },
    first: picked(search, ['principal', 'delegate', 'acts']),
  }
}

export const nameIn = (names: readonly { chainPerson: Hex; name: string }[], person: Hex): string =>
  names.find(({ chainPerson }) => chainPerson === person)?.name ?? 'No account here'
