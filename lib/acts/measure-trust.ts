import 'server-only'
import type { Officer } from '@/lib/auth/officer'
import type { OrderAction } from '@/lib/chain/orders'
import { readClaimTopics, readTrusted } from '@/lib/chain/trust'
import type { OrderValues } from '@/lib/db/order'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { checksum, parseAddress } from '@/lib/format/address'
import { askChain } from './ask-chain'
import type { PlannedMeasure } from './measure-terms'
import type { InputOf } from './measures.schema'
import { mistyped, wrongField } from './proposal'

type TrustInput = InputOf<'trusted-issuer' | 'claim-topic'>
type Judged = { action: OrderAction; subject: string; before: OrderValues; after: OrderValues }

/** Whose claims count, and which everybody needs. Both are the registry's, and bind every firm alike. */
export async function planTrust(_officer: Officer, input: TrustInput): Promise<Result<PlannedMeasure>> {
  const judged = input.kind === 'trusted-issuer' ? await judgeIssuer(input) : await judgeTopic(input)
  if (!judged.ok) return judged
  const asked = await askChain((client) => client.getBlock({ blockTag: 'latest' }))
  if (!asked.ok) return asked
  return accept({
    ...judged.value,
    target: env().deployment.registry,
    blockTime: asked.value.timestamp,
    firmId: null,
  })
}

const most = 2n ** 256n

async function judgeIssuer(input: InputOf<'trusted-issuer'>): Promise<Result<Judged>> {
  const { registry } = env().deployment
  const issuer = parseAddress(input.issuer)
  if (!issuer) return wrongField('issuer', mistyped)
  const topic = BigInt(input.topic)
  if (topic >= most) return wrongField('topic', 'Enter a smaller number')
  const asked = await askChain(async (client) => ({
    now: await readTrusted(client, registry, issuer, topic),
    code: await client.getCode({ address: issuer }),
  }))
  if (!asked.ok) return asked
  const { now, code } = asked.value
  const trusted = input.trusted === 'yes'
  if (now === trusted) {
    return wrongField(
      'trusted',
      trusted ? 'It is trusted for this topic already' : 'It is not trusted for this topic',
    )
  }
  if (trusted && !code)
    return wrongField('issuer', 'There is no contract at this address, so nobody would answer')
  return accept({
    action: { kind: 'SetTrustedIssuer', issuer, topic, trusted },
    subject: issuer,
    before: { name: checksum(issuer), trusted: String(now) },
    after: { trusted: String(trusted) },
  })
}

async function judgeTopic(input: InputOf<'claim-topic'>): Promise<Result<Judged>> {
  const { registry } = env().deployment
  const topic = BigInt(input.topic)
  if (topic >= most) return wrongField('topic', 'Enter a smaller number')
  const asked = await askChain((client) => readClaimTopics(client, registry))
  if (!asked.ok) return asked
  const now = asked.value.includes(topic)
  const required = input.required === 'yes'
  if (now === required) {
    const why = required ? 'Everybody needs this claim already' : 'Nobody needs this claim'
    return wrongField('required', why)
  }
  return accept({
    action: { kind: 'SetClaimTopic', topic, required },
    subject: `topic ${topic}`,
    before: { name: `topic ${topic}`, required: String(now) },
    after: { required: String(required) },
  })
}
