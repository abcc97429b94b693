import 'server-only'
import type { Address } from 'viem'
import type { Officer } from '@/lib/auth/officer'
import { withActor } from '@/lib/db/client'
import { findIdentity } from '@/lib/db/identity'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { isCountry } from '@/lib/format/country'
import { askChain } from './ask-chain'
import type { PlannedMeasure } from './measure-terms'
import type { InputOf } from './measures.schema'
import { wrongField } from './proposal'

/** Another country for a customer, by which country rules judge from then on. */
export async function planCountry(
  officer: Officer,
  input: InputOf<'country'>,
): Promise<Result<PlannedMeasure>> {
  const { chainId, deployment } = env()
  const identity = input.identity.toLowerCase() as Address
  const customer = await withActor(officer, (tx) => findIdentity(tx, chainId, identity))
  if (!customer) return wrongField('identity', 'There is no customer behind this identity')
  const country = Number(input.country)
  if (!isCountry(country)) return wrongField('country', 'Choose a country')
  if (country === customer.country) return wrongField('country', 'This is the customer’s country already')
  const asked = await askChain((client) => client.getBlock({ blockTag: 'latest' }))
  if (!asked.ok) return asked
  return accept({
    action: { kind: 'SetCountry', identity, country },
    target: deployment.registry,
    blockTime: asked.value.timestamp,
    firmId: customer.firmId,
    subject: identity,
    before: { name: customer.reference ?? identity, country: String(customer.country) },
    after: { country: String(country) },
  })
}
