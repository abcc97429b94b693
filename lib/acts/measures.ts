import 'server-only'
import type { Officer } from '@/lib/auth/officer'
import { coreOf } from '@/lib/chain/measures'
import { effectCall } from '@/lib/chain/order-effect'
import { tryCall } from '@/lib/chain/order-reverts'
import { kindNumber, readSignatures } from '@/lib/chain/orders'
import { withActor } from '@/lib/db/client'
import { listSigners } from '@/lib/db/order-signer'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { askChain } from './ask-chain'
import { planAccountMeasure } from './measure-account'
import { planCode } from './measure-code'
import { planCountry } from './measure-country'
import { planInstrumentMeasure } from './measure-instrument'
import { planPeople } from './measure-people'
import { planPreapproval } from './measure-preapproval'
import { planScreening } from './measure-screening'
import type { PlannedMeasure } from './measure-terms'
import { planTrust } from './measure-trust'
import type { PrepareMeasureInput } from './measures.schema'
import { type OrderPlan, proposalOf } from './prepare-order'
import { proposerOf, wrongField } from './proposal'

/** A measure or a change of a rule; the officer signs it on its own page. */
export const { prepare: prepareMeasure, check: checkMeasure } = proposalOf(planMeasure)

async function planMeasure(officer: Officer, input: PrepareMeasureInput): Promise<Result<OrderPlan>> {
  const { chainId, deployment } = env()
  const signers = await withActor(officer, (tx) => listSigners(tx, chainId, officer.personId))
  const anybody = proposerOf(signers)
  if (!anybody.ok) return anybody
  const planned = await judge(officer, input)
  if (!planned.ok) return planned
  const { action, target, confirmed, blockTime, ...about } = planned.value
  const core = coreOf(target, action)
  const proposer = proposerOf(signers, action.kind)
  if (!proposer.ok) return proposer

  const asked = await askChain(async (client) => {
    const call = effectCall(deployment.orders, target, core, noId)
    return {
      signatures: await readSignatures(client, deployment.orders, kindNumber(action.kind)),
      trial: call && (await tryCall(client, call)),
    }
  })
  if (!asked.ok) return asked
  const { signatures, trial } = asked.value
  // What the contracts would not do now is not worth anybody's signature.
  if (trial && !trial.passes) return wrongField('form', trial.why)
  return accept({
    deed: 'prepare:measure',
    core,
    proposer: proposer.value,
    signatures: confirmed ? 2 : signatures,
    blockTime,
    reason: input.reason,
    reasonText: input.reasonText,
    legalText: input.legalText,
    ...about,
  })
}

function judge(officer: Officer, input: PrepareMeasureInput): Promise<Result<PlannedMeasure>> {
  switch (input.kind) {
    case 'screening':
      return planScreening(officer, input)
    case 'freeze':
    case 'unfreeze':
    case 'freeze-amount':
    case 'forced-transfer':
    case 'recover':
      return planAccountMeasure(officer, input)
    case 'pause':
    case 'unpause':
    case 'country-rule':
    case 'supply-cap':
    case 'holder-cap':
      return planInstrumentMeasure(officer, input)
    case 'country':
      return planCountry(officer, input)
    case 'preapproval':
      return planPreapproval(officer, input)
    case 'rate':
    case 'compliance':
    case 'upgrade':
      return planCode(officer, input)
    case 'trusted-issuer':
    case 'claim-topic':
      return planTrust(officer, input)
    case 'roles':
    case 'deputy':
    case 'signatures':
      return planPeople(officer, input)
  }
}

const noId = `0x${'0'.repeat(64)}` as const
