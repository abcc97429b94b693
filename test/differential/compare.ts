import { type Abi, type Address, decodeFunctionResult, encodeFunctionData, type Hex, maxUint256 } from 'viem'
import { holderCapAbi } from '@/lib/chain/generated/holder-cap'
import { identityRegistryAbi } from '@/lib/chain/generated/identity-registry'
import { instrumentAbi } from '@/lib/chain/generated/instrument'
import { limitPolicyAbi } from '@/lib/chain/generated/limit-policy'
import { type Movement, word } from '@/lib/compliance/facts'
import { type Scope, scopes, usedIn, type Window, windows } from '@/lib/compliance/limits'
import { verdictOf } from '@/lib/compliance/model'
import { worth } from '@/lib/compliance/policy'
import type { TestLedger } from './ledger'
import { isOrderAct } from './ordered'
import { people } from './people'
import { movementsOf, type Sent } from './perform'
import { same } from './same'
import { factsOf, type World } from './state'

/** A question to a view, and what the model answers. */
type Asked = { to: Address; abi: Abi; functionName: string; args: readonly unknown[]; expected: unknown }

/** Verdicts at and around the headroom, and of all that the sender holds, of movements like those of the block. */
export async function compareVerdicts(ledger: TestLedger, world: World, now: bigint, block: readonly Sent[]) {
  const facts = factsOf(world, now)
  const movements = block
    .flatMap(({ act }) => movementsLike(ledger, act))
    .filter(({ cause }) => cause !== 'burn')
    .slice(0, 4)
  const asked = movements.flatMap((movement) => {
    const { headroom } = verdictOf({ ...movement, amount: 0n }, facts)
    const sender = facts.standing(movement.from)?.identity
    const all = sender ? facts.heldBy(sender, movement.instrument) : 0n
    const amounts = new Set([movement.amount, all, headroom, headroom < maxUint256 ? headroom + 1n : 0n])
    return [...amounts].map((amount) => {
      const { instrument, from, to } = movement
      const expected = verdictOf({ ...movement, amount }, facts)
      return view(instrument, 'verdict', [from, to, amount], expected)
    })
  })
  await compare(ledger, now, asked)
}

function movementsLike(ledger: TestLedger, act: Sent['act']): Movement[] {
  const moves =
    act !== 'founding' && !isOrderAct(act) && !['wait', 'register', 'show', 'judge'].includes(act.act)
  return moves ? movementsOf(ledger, act as Parameters<typeof movementsOf>[1]) : []
}

/** All that the contracts keep and the model has a word for. */
export async function compareState(ledger: TestLedger, world: World, now: bigint) {
  const facts = factsOf(world, now)
  const ofInstruments = ledger.instruments.flatMap(({ address }) => [
    view(address, 'totalSupply', [], facts.supplyOf(address)),
    view(address, 'pausedUntil', [], facts.pausedUntil(address)),
    ...people.holders.flatMap((account) => {
      const { balance, frozen, frozenUntil } = facts.holding(address, account)
      return [
        view(address, 'balanceOf', [account], balance),
        view(address, 'getFrozenTokens', [account], frozen),
        view(address, 'frozenUntil', [account], frozenUntil),
      ]
    }),
  ])
  const [{ address: euro, modules }] = ledger.instruments as [TestLedger['instruments'][number]]
  const cap = modules.find(({ kind }) => kind === 'holder-cap')!.address
  const holders = {
    to: cap,
    abi: holderCapAbi,
    functionName: 'holders',
    args: [],
    expected: facts.holdersOf(euro),
  }
  await compare(ledger, now, [
    ...ofInstruments,
    holders,
    ...standings(ledger, world, now),
    ...uses(ledger, world, now),
  ])
}

/** `isVerified` is one word for status, expiry, flag and claims; claims are what no event tells of. */
function standings({ registry }: TestLedger, world: World, now: bigint): Asked[] {
  const facts = factsOf(world, now)
  return people.holders.flatMap((account) => {
    const standing = facts.standing(account)
    const { status, expiry, flagged, claimed } = standing ?? {
      status: 0,
      expiry: 0n,
      flagged: false,
      claimed: false,
    }
    const expected = status === 2 && now < expiry && !flagged && claimed
    const of = { to: registry, abi: identityRegistryAbi, args: [account] }
    return [
      { ...of, functionName: 'isVerified', expected },
      { ...of, functionName: 'investorCountry', expected: standing?.country ?? 0 },
    ]
  })
}

function uses({ policy, identities }: TestLedger, world: World, now: bigint): Asked[] {
  const facts = factsOf(world, now)
  const used = (scope: Scope, subject: Hex, window: Window, expected: bigint): Asked => ({
    ...{ to: policy, abi: limitPolicyAbi, functionName: 'usedOf' },
    ...{ args: [scopes[scope], subject, windows[window]], expected },
  })
  const rolling = (scope: 'identity' | 'firm', subject: Hex) =>
    (['day', 'month'] as const).map((window) =>
      used(scope, subject, window, usedIn(window, facts.sentBy(scope, subject), now)),
    )
  return [
    ...identities.flatMap((identity) => [
      ...rolling('identity', word(identity)),
      used('identity', word(identity), 'balance', worth(identity, facts)),
    ]),
    ...[1, 2].flatMap((firm) => rolling('firm', word(firm))),
  ]
}

const view = (to: Address, functionName: string, args: readonly unknown[], expected: unknown): Asked => ({
  ...{ to, abi: instrumentAbi, functionName, args, expected },
})

async function compare(ledger: TestLedger, now: bigint, asked: readonly Asked[]) {
  const answers = await ledger.read(asked.map(({ to, ...call }) => ({ to, data: encodeFunctionData(call) })))
  for (const [at, data] of answers.entries()) {
    const { abi, functionName, args, expected } = asked[at]!
    same(now, { functionName, args }, expected, decodeFunctionResult({ abi, functionName, data }))
  }
}
