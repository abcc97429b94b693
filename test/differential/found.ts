import { encodeFunctionData, maxUint256, zeroHash } from 'viem'
import { identityRegistryAbi } from '@/lib/chain/generated/identity-registry'
import { instrumentAbi } from '@/lib/chain/generated/instrument'
import { word } from '@/lib/compliance/facts'
import { type Window, windows } from '@/lib/compliance/limits'
import { bond, euro, issuers, keyed, pound, topics } from './acts'
import { carryOut } from './carry-out'
import { founding, limits, type Ordered, rates, type TestLedger, timeOf } from './ledger'
import type { Call } from './node'
import { countryOf, firmOf, identityOf, people } from './people'
import { perform, register, type Sent } from './perform'
import { settle } from './play'
import { emptyState, key, type World } from './state'
import type { Tally } from './tally'

/** The people and standings that every history begins with. @returns the model, told the same. */
export async function found(ledger: TestLedger, tally: Tally): Promise<World> {
  const world: World = { places: ledger, state: emptyState() }
  foundRules(ledger, world)
  const now = (await timeOf(ledger)) + 1n
  const calls = [...firms(ledger), ...accounts(ledger, world)]
  const block: Sent[] = calls.map((call) => ({ ...call, expected: undefined, act: 'founding' }))
  for (const ordered of standings(ledger, now)) {
    block.push({
      ...(await ledger.order(ordered, now)),
      expected: carryOut(world, ordered, now),
      act: 'founding',
    })
  }
  for (const claim of claims()) block.push(...(await perform(ledger, world, claim, now)))
  for (const [to] of identityOf.entries()) {
    for (const instrument of [euro, pound, bond])
      block.push(...(await perform(ledger, world, { act: 'mint', instrument, to, amount: 9000n }, now)))
  }
  await settle(ledger, now, block, tally)
  return world
}

/** What the deployment itself stated. */
function foundRules(ledger: TestLedger, { state }: World) {
  for (const [at, rate] of rates.entries()) state.rates.set(ledger.instruments[at]!.address, rate)
  for (const [tier, stated] of Object.entries(limits)) {
    for (const name of Object.keys(windows) as Window[])
      state.limits.set(key('tier', word(Number(tier)), name), stated[name])
  }
  for (const [at, rules] of founding.entries()) {
    for (const { kind, address } of ledger.instruments[at]!.modules) {
      if ('countries' in rules && kind.startsWith('countries'))
        state.listed.set(address, new Set(rules.countries.listed))
      if ('supplyCap' in rules && kind === 'supply-cap') state.caps.set(address, rules.supplyCap)
      if ('holderCap' in rules && kind === 'holder-cap') state.caps.set(address, BigInt(rules.holderCap))
    }
  }
}

const firms = ({ registry }: TestLedger): Call[] =>
  [1, 2].map((firm) => ({
    from: people.operator,
    to: registry,
    data: encodeFunctionData({
      ...{ abi: identityRegistryAbi, functionName: 'registerFirm' },
      args: [firm, `0x${'11'.repeat(20)}`, `Firm ${firm}`],
    }),
  }))

/** Linked to their identities, with an allowance for the spender in each instrument. */
function accounts(ledger: TestLedger, { state }: World): Call[] {
  const allowance = encodeFunctionData({
    ...{ abi: instrumentAbi, functionName: 'approve', args: [people.spender, maxUint256] },
  })
  return people.holders.slice(0, keyed).flatMap((account, at) => {
    const behind = identityOf[at]!
    const [identity, firm, country] = [ledger.identities[behind]!, firmOf[behind]!, countryOf[behind]!]
    state.identityOf.set(account, identity)
    state.people.set(identity, { firm, country, status: 1, tier: 0, expiry: 0n, flagged: false })
    return [
      register(ledger, account, identity, firm, country),
      ...ledger.instruments.map(({ address }) => ({ from: account, to: address, data: allowance })),
    ]
  })
}

function standings({ identities, registry }: TestLedger, now: bigint): Ordered[] {
  return identities.map((identity, at) => ({
    ...{ target: registry, two: false },
    action: {
      ...{ kind: 'DecideKyc', identity, status: 2, tier: 1 + (at % 2), evidence: zeroHash },
      expiry: now + 40n * 86_400n,
    },
  }))
}

/** Each issuer is trusted with one topic, and its claims are shown and valid; none is required yet. */
const claims = () =>
  Array.from({ length: Math.min(issuers, topics) }, (_, issuer) => [
    { act: 'SetTrustedIssuer', issuer, topic: issuer + 1, trusted: true } as const,
    ...[0, 1, 2].flatMap((identity) => [
      { act: 'show', identity, issuer, topic: issuer + 1, shown: true } as const,
      { act: 'judge', identity, issuer, topic: issuer + 1, valid: true } as const,
    ]),
  ]).flat()
