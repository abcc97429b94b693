import 'server-only'
import type { Address } from 'viem'
import type { Officer } from '@/lib/auth/officer'
import { readFlagged } from '@/lib/chain/measures'
import { withActor } from '@/lib/db/client'
import { findIdentity } from '@/lib/db/identity'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { askChain } from './ask-chain'
import type { PlannedMeasure } from './measure-terms'
import type { InputOf } from './measures.schema'
import { moved, wrongField } from './proposal'

/** A hit of screening stands beside the KYC decision: it stops a verified customer too. One officer may set it, two clear it. */
export async function planScreening(
  officer: Officer,
  input: InputOf<'screening'>,
): Promise<Result<PlannedMeasure>> {
  const { chainId, deployment } = env()
  const identity = input.identity.toLowerCase() as Address
  const customer = await withActor(officer, (tx) => findIdentity(tx, chainId, identity))
  if (!customer) return wrongField('identity', 'There is no customer behind this identity')
  const asked = await askChain(async (client) => ({
    block: await client.getBlock({ blockTag: 'latest' }),
    flagged: await readFlagged(client, deployment.registry, identity),
  }))
  if (!asked.ok) return asked
  const { block, flagged } = asked.value
  if (flagged !== customer.flagged) return moved
  const wanted = input.flagged === 'yes'
  if (flagged === wanted) {
    return wrongField('flagged', wanted ? 'The customer is flagged already' : 'The customer is not flagged')
  }
  return accept({
    action: { kind: 'SetScreening', identity, flagged: wanted },
    target: deployment.registry,
    confirmed: !wanted,
    blockTime: block.timestamp,
    firmId: customer.firmId,
    subject: identity,
    before: { name: customer.reference ?? identity, flagged: String(flagged) },
    after: { flagged: String(wanted) },
  })
}
