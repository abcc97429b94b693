import { numberToHex, pad, zeroAddress, zeroHash } from 'viem'
import { erc20 as erc20Adapter } from '../lib/chain/adapters/erc20'
import { anchorAbi } from '../lib/chain/generated/anchor'
import { limitPolicyAbi } from '../lib/chain/generated/limit-policy'
import { ordersAbi } from '../lib/chain/generated/orders'
import { rolesAbi } from '../lib/chain/generated/roles'
import { encodeArguments, kindNumber, type OrderAction } from '../lib/chain/orders'
import { type Act, addressOf, holder, type Story, say, transfer, word } from './emitted-story'
import type { Random } from './random'
export function order(story: Story, random: Random): Act {
  const id = word(story)
  const proposer = addressOf('0f', 1)
  const acting = { proposerFor: zeroAddress, approverFor: random.pick([zeroAddress, addressOf('0f', 0)]) }
  const roll = random.below(4)
  if (roll === 0) {
    return {
      part: 'orders',
      entries: [say(ordersAbi, 'OrderCancelled', { id, proposer, proposerPerson: word(story) })],
    }
  }
  if (roll === 1) {
    const args = {
      id,
      proposer,
      approver: addressOf('0f', 2),
      proposerPerson: word(story),
      approverPerson: word(story),
      ...acting,
      reason: word(story),
    }
    return { part: 'orders', entries: [say(ordersAbi, 'OrderRejected', args)] }
  }
  const action = actionFor(story, random)
  const persons = { approver: addressOf('0f', 2), proposerPerson: word(story), approverPerson: word(story) }
  const what = {
    target: zeroAddress,
    arguments: encodeArguments(action),
    reason: zeroHash,
    legalRef: word(story),
  }
  const args = { id, kind: kindNumber(action.kind), proposer, ...persons, ...acting, ...what }
  return { part: 'orders', entries: [say(ordersAbi, 'OrderExecuted', args)] }
}

function actionFor(story: Story, random: Random): OrderAction {
  const identity = random.pick(story.identities)
  const subject = pad(identity.address, { size: 32 })
  return random.pick<OrderAction>([
    { kind: 'DecideKyc', identity: identity.address, status: 2, tier: 1, expiry: 9n, evidence: zeroHash },
    { kind: 'SetLimit', scope: 0, subject, window: 1, limit: 5n },
    { kind: 'SetLimit', scope: 2, subject: numberToHex(identity.firm, { size: 32 }), window: 1, limit: 5n },
    { kind: 'Freeze', account: holder(story, random), reviewBy: 8n, expiresAt: 9n },
    { kind: 'SetSignatures', ofKind: 1, signatures: 2 },
    { kind: 'ForcedTransfer', from: holder(story, random), to: holder(story, random), amount: 1n },
    { kind: 'SetScreening', identity: identity.address, flagged: true },
  ])
}

export function grant(story: Story, random: Random): Act {
  const args = {
    account: addressOf('0f', random.below(3)),
    person: word(story),
    rolesBefore: 0n,
    roles: BigInt(random.below(64)),
    orderId: zeroHash,
  }
  return { part: 'roles', entries: [say(rolesAbi, 'RolesSet', args)] }
}

export function anchor(story: Story): Act {
  const journal = say(anchorAbi, 'JournalAnchored', { size: BigInt(++story.serial), root: word(story) })
  return { part: 'anchor', entries: [journal, say(anchorAbi, 'ReportAnchored', { sha256Hash: word(story) })] }
}

export function rate(story: Story, random: Random): Act {
  const args = {
    instrument: addressOf('aa', 1),
    numerator: random.amount(10n ** 6n) + 1n,
    denominator: 1n,
    orderId: word(story),
  }
  return { part: 'policy', entries: [say(limitPolicyAbi, 'RateSet', args)] }
}

/** What moves nothing: an ERC-721 Transfer, no topics at all, an event nobody knows; and another owner of the token. */
export function noise(story: Story): Act {
  const erc20 = transfer(addressOf('ac', 0), addressOf('ac', 1), 1n)
  const erc721 = { topics: [...erc20.topics, word(story)], data: '0x' as const }
  const owners = { previousOwner: addressOf('ac', 0), newOwner: addressOf('ac', 1) }
  return {
    part: 'foreign',
    entries: [
      ...[erc721, { topics: [], data: '0x1234' as const }, { topics: [word(story)], data: '0x' as const }],
      say(erc20Adapter.events, 'OwnershipTransferred', owners),
    ],
  }
}
