import { type Abi, type Address, encodeFunctionData } from 'viem'
import { identityRegistryAbi } from '@/lib/chain/generated/identity-registry'
import { instrumentAbi } from '@/lib/chain/generated/instrument'
import { type Movement, nobody } from '@/lib/compliance/facts'
import { type Act, bond, keyed, type MovingAct, type OutsideAct } from './acts'
import { carryOut } from './carry-out'
import type { TestLedger } from './ledger'
import { move, moveAll } from './movements'
import type { Call, Outcome } from './node'
import { isOrderAct, orderedOf } from './ordered'
import { people } from './people'
import { key, type World } from './state'

/** What was sent, and what the model says must come of it. */
export type Sent = Call & { expected: Outcome; act: Act | 'founding' }

/** The act in the model, and the transactions that are the same act on the chain. None where it cannot be sent. */
export async function perform(ledger: TestLedger, world: World, act: Act, now: bigint): Promise<Sent[]> {
  if (act.act === 'wait') return []
  if (isOrderAct(act)) {
    const ordered = orderedOf(ledger, act, now)
    if (!ordered) return []
    const sent = { act, ...(await ledger.order(ordered, now)), expected: carryOut(world, ordered, now) }
    if (act.act !== 'Preapprove') return [sent]
    const used = {
      act: 'transfer',
      instrument: bond,
      from: act.from,
      to: act.to,
      amount: act.amount,
    } as const
    return [sent, ...Array.from({ length: act.uses }, () => moving(ledger, world, used, now)).flat()]
  }
  switch (act.act) {
    case 'register':
    case 'show':
    case 'judge':
      return outside(ledger, world, act)
    default:
      return moving(ledger, world, act, now)
  }
}

function moving(ledger: TestLedger, world: World, act: MovingAct, now: bigint): Sent[] {
  const movements = movementsOf(ledger, act)
  const [{ from }] = movements as [Movement]
  const isTransfer = act.act.startsWith('transfer') || (act.act === 'batch' && act.of === 'transfer')
  // Who has no key can send nothing, and gave no allowance.
  if (isTransfer && people.holders.indexOf(from) >= keyed) return []
  const to = ledger.instruments[act.instrument]!.address
  const sender = act.act === 'transferFrom' ? people.spender : isTransfer ? from : people.operator
  const expected = act.act === 'batch' ? moveAll(world, movements, now) : move(world, movements[0]!, now)
  return [{ act, from: sender, to, data: dataOf(act, movements), expected }]
}

/** One, or of a batch one an entry. */
export function movementsOf(ledger: TestLedger, act: MovingAct): Movement[] {
  const instrument = ledger.instruments[act.instrument]!.address
  const holder = (index: number) => people.holders[index]!
  if (act.act === 'batch') {
    return act.entries.map(({ account, amount }) => {
      const [from, to] = {
        transfer: [holder(act.whose), holder(account)] as const,
        mint: [nobody, holder(account)] as const,
        burn: [holder(account), nobody] as const,
      }[act.of]
      return { cause: act.of, instrument, from, to, amount }
    })
  }
  const from = 'from' in act ? holder(act.from) : nobody
  const to = 'to' in act ? holder(act.to) : nobody
  const cause = act.act === 'transferFrom' ? 'transfer' : act.act
  return [{ cause, instrument, from, to, amount: act.amount }]
}

function dataOf(act: MovingAct, movements: readonly Movement[]) {
  const [{ from, to, amount }] = movements as [Movement]
  const call = (functionName: string, args: readonly unknown[]) =>
    encodeFunctionData({ abi: instrumentAbi as Abi, functionName, args })
  switch (act.act) {
    case 'transfer':
      return call('transfer', [to, amount])
    case 'transferFrom':
      return call('transferFrom', [from, to, amount])
    case 'mint':
      return call('mint', [to, amount])
    case 'burn':
      return call('burn', [from, amount])
    case 'batch': {
      const functionName = { transfer: 'batchTransfer', mint: 'batchMint', burn: 'batchBurn' }[act.of]
      const others = movements.map((each) => (act.of === 'burn' ? each.from : each.to))
      return call(functionName, [others, movements.map((each) => each.amount)])
    }
  }
}

function outside(ledger: TestLedger, world: World, act: OutsideAct): Sent[] {
  const { state } = world
  const identity = ledger.identities[act.identity]!
  if (act.act === 'register') {
    const account = people.holders[act.account]!
    const { firm, country } = state.people.get(identity)!
    const isTaken = state.identityOf.has(account)
    if (!isTaken) state.identityOf.set(account, identity)
    return [
      {
        act,
        expected: isTaken ? 'AccountTaken' : undefined,
        ...register(ledger, account, identity, firm, country),
      },
    ]
  }
  const issuer = ledger.issuers[act.issuer]!
  const [to, other] = act.act === 'show' ? [identity, issuer] : [issuer, identity]
  // The last identity has no code: whatever is sent to it, it shows nothing.
  const isDeaf = act.act === 'show' && identity === ledger.identities.at(-1)
  const holds = act.act === 'show' ? act.shown : act.valid
  const claims = act.act === 'show' ? state.shown : state.valid
  const claim = key(identity, issuer, BigInt(act.topic))
  if (holds && !isDeaf) claims.add(claim)
  else claims.delete(claim)
  const data = encodeFunctionData({
    ...{ abi: ledger.claimantAbi, functionName: act.act },
    args: [other, BigInt(act.topic), holds],
  })
  return [{ act, from: people.operator, to, data, expected: undefined }]
}

export function register(
  { registry }: TestLedger,
  account: Address,
  identity: Address,
  firm: number,
  country: number,
): Call {
  const data = encodeFunctionData({
    ...{ abi: identityRegistryAbi, functionName: 'register' },
    args: [account, identity, firm, country],
  })
  return { from: people.operator, to: registry, data }
}
