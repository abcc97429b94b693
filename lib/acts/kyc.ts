import 'server-only'
import { randomBytes } from 'node:crypto'
import { type Address, concatHex, keccak256, stringToHex, toHex } from 'viem'
import type { Officer } from '@/lib/auth/officer'
import { decideKyc, readStanding } from '@/lib/chain/kyc'
import { kindNumber, readSignatures } from '@/lib/chain/orders'
import { scopes } from '@/lib/compliance/limits'
import { withActor } from '@/lib/db/client'
import { findIdentity } from '@/lib/db/identity'
import { listLimits } from '@/lib/db/limit'
import { listSigners } from '@/lib/db/order-signer'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { askChain } from './ask-chain'
import { dayOf, kycStatuses, type PrepareKycInput } from './kyc.schema'
import { type OrderPlan, proposalOf } from './prepare-order'
import { moved, proposerOf, wrongField } from './proposal'

/** A decision on a customer's KYC standing; the officer signs it on its own page. */
export const { prepare: prepareKyc, check: checkKyc } = proposalOf(planKyc)

async function planKyc(officer: Officer, input: PrepareKycInput): Promise<Result<OrderPlan>> {
  const { chainId, deployment } = env()
  const identity = input.identity as Address
  const known = await withActor(officer, async (tx) => ({
    customer: await findIdentity(tx, chainId, identity),
    tierLimits: await listLimits(tx, chainId, scopes.tier, [input.tier]),
    signers: await listSigners(tx, chainId, officer.personId),
  }))
  const { customer } = known
  if (!customer)
    return refuse('not-found', 'There is no customer behind this identity.', { values: { identity } })
  const proposer = proposerOf(known.signers)
  if (!proposer.ok) return proposer
  if (known.tierLimits.length === 0) {
    return wrongField('tier', `No limits are set for tier ${input.tier}: a customer of it could send nothing`)
  }

  const asked = await askChain(async (client) => ({
    block: await client.getBlock({ blockTag: 'latest' }),
    standing: await readStanding(client, deployment, identity),
    signatures: await readSignatures(client, deployment.orders, kindNumber('DecideKyc')),
  }))
  if (!asked.ok) return asked
  const { block, standing, signatures } = asked.value
  const held = { status: standing.status, tier: standing.tier, expiry: standing.expiry }
  const shown = { status: customer.status, tier: customer.tier, expiry: secondsOf(customer.expiry) }
  if (held.status !== shown.status || held.tier !== shown.tier || held.expiry !== shown.expiry) return moved

  const status = kycStatuses[input.status]
  const expiry = expiryOf(input, block.timestamp)
  if (!expiry.ok) return expiry
  const tier = Number(input.tier)
  if (held.status === status && held.tier === tier && held.expiry === expiry.value) {
    return wrongField('status', 'This is how the customer stands already')
  }

  // Salted: the reference text is guessable, and the commitment is public for ever.
  const salt = toHex(randomBytes(32))
  const evidence = keccak256(concatHex([salt, stringToHex(input.evidence)]))
  return accept({
    deed: 'prepare:kyc',
    core: decideKyc(deployment, { identity, status, tier, expiry: expiry.value, evidence }),
    proposer: proposer.value,
    signatures,
    blockTime: block.timestamp,
    reason: input.reason,
    reasonText: input.reasonText,
    legalText: input.legalText,
    firmId: customer.firmId,
    subject: identity,
    before: {
      name: customer.reference ?? identity,
      status: String(held.status),
      tier: String(held.tier),
      expiry: String(held.expiry),
    },
    after: {
      status: String(status),
      tier: String(tier),
      expiry: String(expiry.value),
      evidence,
    },
    evidence: { text: input.evidence, salt },
  })
}

const secondsOf = (date: Date | null) => (date ? BigInt(Math.floor(date.getTime() / 1000)) : 0n)

const longest = 10n * 366n * 86_400n

/** A verification ends on a day to come; any other decision has no end. */
function expiryOf(input: PrepareKycInput, blockTime: bigint): Result<bigint> {
  if (input.status !== 'verified') return { ok: true, value: 0n }
  const day = dayOf(input.expiry)
  if (!day) return wrongField('expiry', 'Enter the date on which the verification ends')
  const seconds = BigInt(day.getTime() / 1000)
  if (seconds <= blockTime) return wrongField('expiry', 'The date must be in the future')
  if (seconds > blockTime + longest) return wrongField('expiry', 'The date must be within ten years')
  return { ok: true, value: seconds }
}
