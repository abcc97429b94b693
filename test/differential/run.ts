import { type Address, decodeFunctionResult, encodeFunctionData, type Hex, maxUint256, zeroHash } from 'viem'
import { instrumentAbi } from '@/lib/chain/generated/instrument'
import { limitPolicyAbi } from '@/lib/chain/generated/limit-policy'
import { type Scope, scopes, usedIn, type Window, windows } from '@/lib/compliance/limits'
import {
  type Cause,
  type ModelVerdict,
  type Movement,
  nobody,
  verdictOf,
  word,
  worth,
} from '@/lib/compliance/model'
import type { Act } from './acts'
import { type Call, firmOf, identityOf, people, type TestLedger } from './chain'
import { createWorld, type World } from './world'

const scopeNames = Object.keys(scopes) as Scope[]
const windowNames = Object.keys(windows) as Window[]
const perBlock = 12

/** What was sent, and what the model says must come of it: a verdict of a movement, or plain success. */
type Sent = Call & { expected?: ModelVerdict; act: Act | 'founding' }

/** Disagreements name the act, both answers and the block's time. */
export class Disagreement extends Error {}

/** The people and standings that every history begins with. @returns the model, told the same. */
export async function found(ledger: TestLedger): Promise<World> {
  const { deployment } = ledger
  const compliances = new Map(deployment.instruments.map(({ address, compliance }) => [address, compliance]))
  const world = createWorld({ policy: deployment.policy, compliances })
  const now = await timeOf(ledger)
  world.setRate(deployment.instruments[0]!.address, { numerator: 1n, denominator: 1n })
  world.setRate(deployment.instruments[1]!.address, { numerator: 6n, denominator: 5n })
  for (const [tier, stated] of Object.entries(ledger.limits)) {
    for (const name of windowNames) world.setLimit('tier', word(Number(tier)), name, stated[name])
  }

  const calls: Call[] = [1, 2].map((firm) =>
    ledger.registry('registerFirm', [firm, `0x${'11'.repeat(20)}`, `Firm ${firm}`] as never),
  )
  for (const [index, behind] of identityOf.entries()) {
    const [account, identity, firm] = [people.holders[index]!, people.identities[behind]!, firmOf[behind]!]
    calls.push(ledger.registry('register', [account, identity, firm, 826] as never))
    world.register(account, identity, firm)
    for (const { address } of deployment.instruments) {
      const data = encodeFunctionData({
        abi: instrumentAbi,
        functionName: 'approve',
        args: [people.spender, maxUint256],
      })
      calls.push({ from: account, to: address, data })
    }
  }
  for (const [index, identity] of people.identities.entries()) {
    const decided = { status: 2, tier: 1 + (index % 2), expiry: now + 40n * 86_400n }
    calls.push(
      await ledger.order(
        { kind: 'DecideKyc', identity, evidence: zeroHash, ...decided },
        deployment.registry,
        now,
        false,
      ),
    )
    world.decide(identity, decided)
  }
  await settle(
    ledger,
    now + 1n,
    calls.map((call) => ({ ...call, act: 'founding' as const })),
  )
  return world
}

/** Plays the acts on chain and model, several to a block, and compares after each block. */
export async function play(ledger: TestLedger, world: World, acts: readonly Act[]): Promise<void> {
  let now = (await timeOf(ledger)) + 1n
  let block: Sent[] = []
  const close = async () => {
    if (block.length === 0) return
    await settle(ledger, now, block)
    await compare(ledger, world, now, block)
    block = []
    now += 1n
  }
  for (const act of acts) {
    if (act.act === 'wait') {
      await close()
      now += BigInt(act.seconds)
      continue
    }
    const sent = await perform(ledger, world, act, now)
    if (sent) block.push({ ...sent, act })
    if (block.length >= perBlock) await close()
  }
  await close()
}

async function perform(
  ledger: TestLedger,
  world: World,
  act: Act,
  now: bigint,
): Promise<Omit<Sent, 'act'> | undefined> {
  const { deployment } = ledger
  switch (act.act) {
    case 'transfer':
    case 'transferFrom':
    case 'mint':
    case 'burn':
      return move(ledger, world, act, now)
    case 'decide': {
      const identity = people.identities[act.identity]!
      const decided = { status: act.status, tier: act.tier, expiry: now + BigInt(act.lasts) }
      world.decide(identity, decided)
      return ledger.order(
        { kind: 'DecideKyc', identity, evidence: zeroHash, ...decided },
        deployment.registry,
        now,
        false,
      )
    }
    case 'limit': {
      const scope = scopeNames[act.scope]!
      const window = windowNames[act.window]!
      if (scope === 'firm' && window === 'balance') return undefined
      const subject =
        scope === 'identity' ? word(people.identities[act.subject]!) : word(1 + (act.subject % 2))
      world.setLimit(scope, subject, window, act.limit)
      const action = {
        kind: 'SetLimit',
        scope: act.scope,
        subject,
        window: act.window,
        limit: act.limit,
      } as const
      return ledger.order(action, deployment.policy, now, true)
    }
    case 'rate': {
      const instrument = deployment.instruments[act.instrument]!.address
      const rate = { numerator: act.numerator, denominator: act.denominator }
      world.setRate(instrument, rate)
      return ledger.order({ kind: 'SetRate', instrument, ...rate }, deployment.policy, now, true)
    }
    case 'screen': {
      const identity = people.identities[act.identity]!
      world.flag(identity, act.flagged)
      return ledger.order(
        { kind: 'SetScreening', identity, flagged: act.flagged },
        deployment.registry,
        now,
        !act.flagged,
      )
    }
    case 'wait':
      return undefined
  }
}

function move(
  ledger: TestLedger,
  world: World,
  act: Extract<Act, { instrument: number; amount: bigint }>,
  now: bigint,
) {
  const instrument = ledger.deployment.instruments[act.instrument]!.address
  const from = 'from' in act ? people.holders[act.from]! : nobody
  const to = 'to' in act ? people.holders[act.to]! : nobody
  // Who is nobody has no key to send with, and gave no allowance.
  if (act.act.startsWith('transfer') && from === people.holders.at(-1)) return undefined
  const cause: Cause = act.act === 'transferFrom' ? 'transfer' : (act.act as Cause)
  const expected = world.move({ cause, instrument, from, to, amount: act.amount }, now)
  const sender = {
    transfer: from,
    transferFrom: people.spender,
    mint: people.operator,
    burn: people.operator,
  }[act.act]
  const encoded = {
    transfer: () =>
      encodeFunctionData({ abi: instrumentAbi, functionName: 'transfer', args: [to, act.amount] }),
    transferFrom: () =>
      encodeFunctionData({ abi: instrumentAbi, functionName: 'transferFrom', args: [from, to, act.amount] }),
    mint: () => encodeFunctionData({ abi: instrumentAbi, functionName: 'mint', args: [to, act.amount] }),
    burn: () => encodeFunctionData({ abi: instrumentAbi, functionName: 'burn', args: [from, act.amount] }),
  }[act.act]()
  return { from: sender, to: instrument, data: encoded, expected }
}

/** Mines and holds every outcome, and every refusal's four members, against what was expected. */
async function settle(ledger: TestLedger, now: bigint, block: Sent[]) {
  const receipts = await ledger.mine(now, block)
  const refused = receipts.flatMap((receipt, at) =>
    receipt.status === '0x1' ? [] : [{ hash: receipt.transactionHash, sent: block[at]! }],
  )
  for (const [at, { status }] of receipts.entries()) {
    const { expected, act } = block[at]!
    if ((status === '0x1') !== ((expected?.code ?? 0) === 0))
      disagree(now, act, expected, status === '0x1' ? 'done' : 'refused')
  }
  const verdicts = await ledger.refusals(refused.map(({ hash }) => hash))
  for (const [at, verdict] of verdicts.entries())
    same(now, refused[at]!.sent.act, refused[at]!.sent.expected, verdict)
}

/** Balances, what is used, and verdicts at and around the headroom of movements like those of the block. */
async function compare(ledger: TestLedger, world: World, now: bigint, block: Sent[]) {
  const facts = world.facts(now)
  const asked: { act: unknown; expected: unknown; call: Call; read: (data: Hex) => unknown }[] = []
  const { policy, instruments } = ledger.deployment
  for (const { address } of instruments) {
    for (const account of people.holders) {
      asked.push(
        view(
          address,
          'balanceOf',
          [account],
          { balanceOf: account, address },
          world.balance(address, account),
        ),
      )
    }
  }
  for (const identity of people.identities) {
    for (const window of ['day', 'month'] as const) {
      const used = usedIn(window, facts.sentBy('identity', word(identity)), now)
      asked.push(usedOf(policy, 'identity', word(identity), window, used))
    }
    asked.push(usedOf(policy, 'identity', word(identity), 'balance', worth(identity, facts)))
  }
  for (const firm of [1, 2]) {
    for (const window of ['day', 'month'] as const) {
      asked.push(
        usedOf(policy, 'firm', word(firm), window, usedIn(window, facts.sentBy('firm', word(firm)), now)),
      )
    }
  }
  for (const movement of block.flatMap(({ act }) => movementOf(ledger, act)).slice(0, 4)) {
    const { headroom } = verdictOf({ ...movement, amount: 0n }, facts)
    for (const amount of new Set([movement.amount, headroom, headroom < maxUint256 ? headroom + 1n : 0n])) {
      const { instrument, from, to } = movement
      const expected = verdictOf({ ...movement, amount }, facts)
      asked.push(view(instrument, 'verdict', [from, to, amount], { ...movement, amount }, expected))
    }
  }
  const answers = await ledger.ask<Hex>(
    asked.map(({ call }) => ({ method: 'eth_call', params: [call, 'latest'] })),
  )
  for (const [at, data] of answers.entries())
    same(now, asked[at]!.act, asked[at]!.expected, asked[at]!.read(data))
}

function movementOf(ledger: TestLedger, act: Sent['act']): Movement[] {
  if (act === 'founding' || !('to' in act)) return []
  const instrument = ledger.deployment.instruments[act.instrument]!.address
  const from = 'from' in act ? people.holders[act.from]! : nobody
  return [
    {
      cause: act.act === 'mint' ? 'mint' : 'transfer',
      instrument,
      from,
      to: people.holders[act.to]!,
      amount: act.amount,
    },
  ]
}

function usedOf(policy: Address, scope: Scope, subject: Hex, window: Window, expected: bigint) {
  const data = encodeFunctionData({
    abi: limitPolicyAbi,
    functionName: 'usedOf',
    args: [scopes[scope], subject, windows[window]],
  })
  return {
    act: { usedOf: scope, subject, window },
    expected,
    call: { from: nobody, to: policy, data },
    read: (answer: Hex) => BigInt(answer),
  }
}

function view(
  to: Address,
  functionName: 'balanceOf' | 'verdict',
  args: readonly unknown[],
  act: unknown,
  expected: unknown,
) {
  const data = encodeFunctionData({ abi: instrumentAbi, functionName, args: args as never })
  const read = (answer: Hex) => decodeFunctionResult({ abi: instrumentAbi, functionName, data: answer })
  return { act, expected, call: { from: nobody, to, data }, read }
}

const said = (value: unknown) =>
  JSON.stringify(value, (_, each) =>
    typeof each === 'bigint' ? String(each) : typeof each === 'string' ? each.toLowerCase() : each,
  )

function same(now: bigint, act: unknown, expected: unknown, actual: unknown) {
  const order = (value: unknown) =>
    typeof value === 'object' && value !== null
      ? ['code', 'module', 'headroom', 'subject'].map((name) => (value as Record<string, unknown>)[name])
      : value
  if (said(order(expected)) !== said(order(actual))) disagree(now, act, order(expected), order(actual))
}

function disagree(now: bigint, act: unknown, expected: unknown, actual: unknown): never {
  throw new Disagreement(
    `At ${now} of ${said(act)} the model says ${said(expected)}, the contracts ${said(actual)}`,
  )
}

export async function timeOf(ledger: TestLedger): Promise<bigint> {
  return (await ledger.client.getBlock()).timestamp
}
