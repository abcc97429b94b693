import 'server-only'
import type { Officer } from '@/lib/auth/officer'
import { type LimitKey, largestLimit, readLimit, setLimit } from '@/lib/chain/limits'
import { kindNumber, readSignatures } from '@/lib/chain/orders'
import { noLimit, scopes, windows } from '@/lib/compliance/limits'
import { type Tx, withActor } from '@/lib/db/client'
import { findFirm } from '@/lib/db/firm'
import { findIdentity } from '@/lib/db/identity'
import { listLimits } from '@/lib/db/limit'
import { listSigners } from '@/lib/db/order-signer'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { parseAmount } from '@/lib/format/amount'
import { askChain } from './ask-chain'
import { limitSubjectOf, type PrepareLimitInput } from './limits.schema'
import { type OrderPlan, proposalOf } from './prepare-order'
import { moved, proposerOf, wrongField } from './proposal'

const referenceDecimals = 2

/** A change of one limit; the officer signs it on its own page, and somebody else approves. */
export const { prepare: prepareLimit, check: checkLimit } = proposalOf(planLimit)

async function planLimit(officer: Officer, input: PrepareLimitInput): Promise<Result<OrderPlan>> {
  const { chainId, deployment } = env()
  const asked = readInput(input)
  if (!asked.ok) return asked
  const { key, limit } = asked.value
  const known = await withActor(officer, async (tx) => ({
    subject: await findSubject(tx, chainId, input.scope, key.subject),
    limits: await listLimits(tx, chainId, key.scope, [key.subject]),
    signers: await listSigners(tx, chainId, officer.personId),
  }))
  if (!known.subject) return wrongField('subject', 'There is no such firm, tier or customer')
  const proposer = proposerOf(known.signers)
  if (!proposer.ok) return proposer

  const answer = await askChain(async (client) => ({
    block: await client.getBlock({ blockTag: 'latest' }),
    held: await readLimit(client, deployment, key),
    signatures: await readSignatures(client, deployment.orders, kindNumber('SetLimit')),
  }))
  if (!answer.ok) return answer
  const { block, held, signatures } = answer.value
  const shown = known.limits.find(({ window }) => window === key.window)
  if (shown ? !held.isSet || held.limit !== shown.amount : held.isSet) return moved
  if (held.isSet && held.limit === limit) return wrongField('amount', 'This is the limit already')

  return accept({
    deed: 'prepare:limit',
    core: setLimit(deployment, key, limit),
    proposer: proposer.value,
    signatures,
    blockTime: block.timestamp,
    reason: input.reason,
    reasonText: input.reasonText,
    legalText: input.legalText,
    firmId: known.subject.firmId,
    subject: key.subject,
    before: { name: known.subject.name, limit: held.isSet ? String(held.limit) : 'unset' },
    after: {
      scope: input.scope,
      window: input.window,
      limit: String(limit),
    },
  })
}

/** Input fields into the contract's terms. */
function readInput(input: PrepareLimitInput): Result<{ key: LimitKey; limit: bigint }> {
  const subject = limitSubjectOf(input.scope, input.subject)
  if (!subject) return wrongField('subject', 'Choose a firm, a tier or a customer')
  if (input.scope === 'firm' && input.window === 'balance') {
    return wrongField('window', 'A firm has no balance limit: balances are held by its customers')
  }
  const limit = limitOf(input)
  if (!limit.ok) return limit
  return accept({
    key: { scope: scopes[input.scope], subject, window: windows[input.window] },
    limit: limit.value,
  })
}

function limitOf({ bound, amount }: PrepareLimitInput): Result<bigint> {
  if (bound === 'none') {
    return amount.trim() === ''
      ? accept(noLimit)
      : wrongField('amount', 'Leave the amount empty, or choose an amount')
  }
  const parsed = parseAmount(amount, referenceDecimals)
  if (!parsed.ok) return wrongField('amount', parsed.refusal.message)
  return parsed.value > largestLimit ? wrongField('amount', 'Enter a smaller amount') : parsed
}

/** Whom the limit is about, by a name that is no personal data. */
async function findSubject(tx: Tx, chainId: number, scope: PrepareLimitInput['scope'], subject: string) {
  if (scope === 'firm') {
    const firm = await findFirm(tx, chainId, Number(subject))
    return firm && { name: firm.name, firmId: firm.id }
  }
  if (scope === 'identity') {
    const identity = await findIdentity(tx, chainId, subject)
    return identity && { name: identity.reference ?? identity.address, firmId: identity.firmId }
  }
  return { name: `tier ${subject}`, firmId: null }
}
