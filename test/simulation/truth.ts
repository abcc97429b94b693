import { decodeFunctionData, type Hex, maxUint64, zeroAddress } from 'viem'
import type { Deployment } from '../../lib/chain/deployment'
import { instrumentAbi } from '../../lib/chain/generated/instrument'
import { type Heard, heardIn } from './heard'
import { branchOf, type Tip } from './history'

/**
 * What a ledger must hold, told as plain facts from the logs of a branch, in the simplest way there is: from the first
 * block on, every time anew, in memory, by nothing of the indexer's. test/simulation/stored reads the same facts.
 */
export type Facts = Map<string, string>

type Identity = {
  firm: string
  country: string
  status: string
  tier: string
  expiry: string
  flagged: string
}
type Known = {
  facts: Facts
  instruments: Map<string, Deployment['instruments'][number]>
  firmOf: Map<string, string>
  identities: Map<string, Identity>
  balances: Map<string, bigint>
  flows: Map<string, bigint>
  /** Key of the transfer that was told last. */
  last: string
}

/** @param code Of the refusals, null where no node can tell it. */
export function truthOf(tip: Tip, deployment: Deployment, code: number | null): Facts {
  const facts: Facts = new Map()
  const instruments = new Map(deployment.instruments.map((each) => [each.address.toLowerCase(), each]))
  const sums = { balances: new Map<string, bigint>(), flows: new Map<string, bigint>() }
  const known: Known = { facts, instruments, firmOf: new Map(), identities: new Map(), ...sums, last: '' }
  for (const block of branchOf(tip)) {
    facts.set(`block ${block.number}`, block.hash)
    for (const heard of heardIn(block, deployment)) tell[heard.event]?.(heard, known)
    noteRefusals(block, known, code)
  }
  for (const [address, { firm, country, status, tier, expiry, flagged }] of known.identities) {
    facts.set(`identity ${address}`, `${firm} ${country} ${status} ${tier} ${expiry} ${flagged}`)
  }
  for (const address of instruments.keys()) facts.set(`supply ${address}`, '0')
  for (const [key, amount] of sums.balances) {
    const supply = `supply ${key.split(' ')[0]}`
    facts.set(supply, String(BigInt(facts.get(supply)!) + amount))
    if (amount !== 0n) facts.set(`balance ${key}`, String(amount))
  }
  for (const [key, value] of sums.flows) facts.set(`flow ${key}`, String(value))
  return facts
}

/** A fact of which the last telling counts. */
const note =
  (key: (heard: Heard) => string, value: (heard: Heard) => string) =>
  (heard: Heard, { facts }: Known): void =>
    void facts.set(key(heard), value(heard))

const change =
  (how: (identity: Identity, heard: Heard) => void) =>
  (heard: Heard, { identities }: Known): void => {
    const identity = identities.get(heard.say('identity'))
    if (identity) how(identity, heard)
  }

/** As a database tells time: nothing after the year 9999. */
const moment = (seconds: bigint) => String(seconds > 253_402_300_799n ? 253_402_300_799n : seconds)
const until = ({ whole }: Heard) => {
  const end = whole('until')
  return end === 0n ? 'no' : end === maxUint64 ? 'never' : moment(end)
}

const tell: Record<string, (heard: Heard, known: Known) => void> = {
  FirmRegistered: note(
    ({ say }) => `firm ${say('firm')}`,
    ({ say }) => say('name').replaceAll('\0', '\uFFFD'), // PostgreSQL's texts have no NUL
  ),
  IdentityCreated: ({ say }, { identities }) => {
    const born = { firm: say('firm'), country: say('country'), status: '1', tier: '0' }
    identities.set(say('identity'), { ...born, expiry: 'never', flagged: 'false' })
  },
  AccountLinked: ({ say }, { facts, firmOf }) => {
    firmOf.set(say('account'), say('firm'))
    facts.set(`account ${say('account')}`, `${say('identity')} ${say('firm')}`)
  },
  KycDecided: change((identity, { say, whole }) => {
    const expiry = whole('expiry')
    identity.status = say('status')
    identity.tier = say('tier')
    identity.expiry = expiry === 0n ? 'never' : moment(expiry)
  }),
  FlagSet: change((identity, { say }) => {
    identity.flagged = say('flagged')
  }),
  CountryChanged: change((identity, { say }) => {
    identity.country = say('country')
  }),
  TrustedIssuerSet: note(
    ({ say }) => `issuer ${say('issuer')} ${say('topic')}`,
    ({ say }) => say('trusted'),
  ),
  ClaimTopicSet: note(
    ({ say }) => `topic ${say('topic')}`,
    ({ say }) => say('required'),
  ),
  Transfer: transferred,
  ForcedTransfer: (_, known) => renamed(known, 'forced'),
  RecoverySuccess: (_, known) => renamed(known, 'recovery'),
  FrozenUntil: note(({ from, say }) => `freeze ${from} ${say('account')}`, until),
  Frozen: note(
    ({ from, say }) => `frozen ${from} ${say('account')}`,
    ({ say }) => say('amount'),
  ),
  PausedUntil: note(({ from }) => `pause ${from}`, until),
  ComplianceAdded: note(
    ({ from }) => `compliance ${from}`,
    ({ say }) => say('compliance'),
  ),
  LimitSet: note(
    ({ say, whole }) => {
      const [scope, word] = [say('scope'), say('subject')]
      return `limit ${scope} ${scope === '0' ? `0x${word.slice(26)}` : whole('subject')} ${say('window')}`
    },
    ({ say }) => say('limit'),
  ),
  FlowCounted: ({ say, whole, time }, { flows }) => {
    for (const subject of [`0 ${say('identity')}`, `2 ${say('firm')}`]) {
      const key = `${subject} ${time / 3600n}`
      flows.set(key, (flows.get(key) ?? 0n) + whole('value'))
    }
  },
  RateSet: note(
    ({ say }) => `rate ${say('instrument')}`,
    ({ say }) => `${say('numerator')} ${say('denominator')}`,
  ),
  RolesSet: note(
    ({ say }) => `roles ${say('account')}`,
    ({ say }) => say('roles'),
  ),
  DelegationSet: note(
    ({ say }) => `delegation ${say('principal')} ${say('delegate')}`,
    ({ whole }) => moment(whole('until')),
  ),
  DelegationEnded: note(
    ({ say }) => `delegation ${say('principal')} ${say('delegate')}`,
    () => 'ended',
  ),
  MeasureTaken: note(
    ({ say }) => `measure ${say('orderId')}`,
    ({ say }) => `${say('kind')} ${say('subject')}`,
  ),
  OrderExecuted: note(
    ({ say }) => `order ${say('id')}`,
    ({ say }) => `executed ${say('kind')}`,
  ),
  OrderCancelled: note(
    ({ say }) => `order ${say('id')}`,
    () => 'cancelled 0',
  ),
  OrderRejected: note(
    ({ say }) => `order ${say('id')}`,
    () => 'rejected 0',
  ),
  JournalAnchored: note(
    ({ place }) => `anchor ${place}`,
    ({ say }) => `journal ${say('root')}`,
  ),
  ReportAnchored: note(
    ({ place }) => `anchor ${place}`,
    ({ say }) => `report ${say('sha256Hash')}`,
  ),
}

function transferred({ from: instrument, say, whole, place }: Heard, known: Known): void {
  const { facts, balances, firmOf, instruments } = known
  const [from, to, amount] = [say('from'), say('to'), whole('value')]
  const { standard, history } = instruments.get(instrument)!
  const heldBy = (account: string) => balances.get(`${instrument} ${account}`) ?? 0n
  // A token of others that says what cannot be has said nothing (docs/integrity.md).
  if (standard !== 'plimsoll' && history !== 'partial') {
    if (from !== zeroAddress && heldBy(from) < amount) return
    const issued = [...balances].reduce(
      (sum, [key, held]) => (key.startsWith(instrument) ? sum + held : sum),
      0n,
    )
    if (from === zeroAddress && issued + amount >= 2n ** 256n) return
  }
  const cause = from === zeroAddress ? 'mint' : to === zeroAddress ? 'burn' : 'transfer'
  const firms = `${firmOf.get(from) ?? 'nobody'} ${firmOf.get(to) ?? 'nobody'}`
  known.last = `transfer ${place}`
  facts.set(known.last, `${instrument} ${from} ${to} ${amount} ${firms} ${cause}`)
  if (history === 'partial') return
  const add = (account: string, units: bigint) => {
    const key = `${instrument} ${account}`
    if (account !== zeroAddress) balances.set(key, heldBy(account) + units)
  }
  add(from, -amount)
  add(to, amount)
}

function renamed({ facts, last }: Known, cause: string): void {
  facts.set(last, facts.get(last)!.replace(/\S+$/, cause))
}

function noteRefusals({ number, block, receipts }: Tip, { facts, instruments }: Known, code: number | null) {
  for (const [index, { status }] of receipts.entries()) {
    const { to, input, from: sender } = block.transactions[index]!
    if (status !== '0x0' || !to || !instruments.has(to.toLowerCase())) continue
    const { functionName, args } = decodeFunctionData({ abi: instrumentAbi, data: input as Hex })
    const [first, second, third] = (args as readonly unknown[]).map(String)
    const attempts: Record<string, string> = {
      transfer: `${sender} ${first} ${second}`,
      transferFrom: `${first} ${second} ${third}`,
      mint: `${zeroAddress} ${first} ${second}`,
      burn: `${first} ${zeroAddress} ${second}`,
    }
    facts.set(
      `refused ${number} ${index}`,
      `${to} ${attempts[functionName]} ${code ?? 'unsaid'}`.toLowerCase(),
    )
  }
}
