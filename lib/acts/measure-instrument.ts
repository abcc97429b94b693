import 'server-only'
import type { Address, PublicClient } from 'viem'
import type { Officer } from '@/lib/auth/officer'
import { readPausedUntil } from '@/lib/chain/measures'
import { type Rule, readListed, readRule } from '@/lib/chain/modules'
import { noLimit } from '@/lib/compliance/limits'
import { withActor } from '@/lib/db/client'
import { findInstrument, type InstrumentRecord } from '@/lib/db/instrument'
import { listInstrumentModules } from '@/lib/db/module'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { parseAmount } from '@/lib/format/amount'
import { isCountry } from '@/lib/format/country'
import { askChain } from './ask-chain'
import { type Judged, ofInstrument, type PlannedMeasure, termsOf } from './measure-terms'
import type { InputOf } from './measures.schema'
import { notOurs, wrongField } from './proposal'

type RuleInput = InputOf<'country-rule' | 'supply-cap' | 'holder-cap'>
export type InstrumentInput = InputOf<'pause' | 'unpause'> | RuleInput

type Module = { address: Address; rule: Rule }
type Facts = { instrument: InstrumentRecord; blockTime: bigint; until: bigint; modules: Module[] }

/** What is done to an instrument as a whole, or to a rule that it obeys. Nobody's firm is concerned more than another. */
export async function planInstrumentMeasure(
  officer: Officer,
  input: InstrumentInput,
): Promise<Result<PlannedMeasure>> {
  const { chainId } = env()
  const address = input.instrument.toLowerCase() as Address
  const known = await withActor(officer, async (tx) => ({
    instrument: await findInstrument(tx, chainId, address),
    obeys: (await listInstrumentModules(tx, chainId)).find((each) => each.instrument === address),
  }))
  const { instrument } = known
  if (instrument?.standard !== 'plimsoll') return notOurs
  const asked = await askChain(async (client) => {
    const { timestamp } = await client.getBlock({ blockTag: 'latest' })
    const until = await readPausedUntil(client, address, timestamp)
    const modules = await Promise.all(
      (known.obeys?.modules ?? []).map(async (module) => ({
        address: module,
        rule: await readRule(client, module),
      })),
    )
    const facts = { instrument, blockTime: timestamp, until, modules }
    return { facts, judged: await judge(client, input, facts) }
  })
  if (!asked.ok) return asked
  const { facts, judged } = asked.value
  if (!judged.ok) return judged
  const confirmed = input.kind === 'pause' && input.confirmed === 'two'
  const before = { until: String(facts.until), ...judged.value.before }
  return accept({
    ...ofInstrument(instrument, { ...judged.value, before }, facts.blockTime),
    confirmed,
  })
}

async function judge(client: PublicClient, input: InstrumentInput, facts: Facts): Promise<Result<Judged>> {
  const { instrument, blockTime, until } = facts
  const target = instrument.address
  switch (input.kind) {
    case 'pause': {
      const terms = termsOf(input, { blockTime, standing: until, is: 'paused' })
      if (!terms.ok) return terms
      const { expiresAt, reviewBy } = terms.value
      const action = { kind: 'Pause', instrument: target, reviewBy, expiresAt } as const
      const after = { until: String(expiresAt), reviewBy: String(reviewBy) }
      return accept({ action, target, before: {}, after })
    }
    case 'unpause':
      if (until === 0n) return wrongField('instrument', `${instrument.symbol} is not paused`)
      return accept({
        action: { kind: 'Unpause', instrument: target },
        target,
        before: {},
        after: { until: '0' },
      })
    case 'country-rule':
      return judgeCountry(client, input, facts)
    case 'supply-cap':
    case 'holder-cap':
      return judgeCap(input, facts)
  }
}

async function judgeCountry(
  client: PublicClient,
  input: InputOf<'country-rule'>,
  { modules, instrument }: Facts,
): Promise<Result<Judged>> {
  const module = modules.find(({ rule }) => rule.kind === 'country')
  if (!module) return wrongField('instrument', `${instrument.symbol} has no rule of countries`)
  const country = Number(input.country)
  if (!isCountry(country)) return wrongField('country', 'Choose a country')
  const listed = input.listed === 'yes'
  const now = await readListed(client, module.address, country)
  if (now === listed) {
    return wrongField(
      'listed',
      listed ? 'The country is on the list already' : 'The country is not on the list',
    )
  }
  return accept({
    action: { kind: 'SetCountryRule', country, listed },
    target: module.address,
    before: { listed: String(now) },
    after: { listed: String(listed) },
  })
}

function judgeCap(
  input: InputOf<'supply-cap' | 'holder-cap'>,
  { modules, instrument }: Facts,
): Result<Judged> {
  const isSupply = input.kind === 'supply-cap'
  const wanted = isSupply ? 'supply' : 'holders'
  const module = modules.find(({ rule }) => rule.kind === wanted)
  if (!module) return wrongField('instrument', `${instrument.symbol} has no cap of its ${wanted}`)
  const cap = capOf(input, isSupply ? instrument.decimals : 0)
  if (!cap.ok) return cap
  const now = 'cap' in module.rule ? module.rule.cap : 0n
  if (now === cap.value) return wrongField('amount', 'This is the cap already')
  return accept({
    action: { kind: isSupply ? 'SetSupplyCap' : 'SetHolderCap', cap: cap.value },
    target: module.address,
    before: { cap: String(now) },
    after: { cap: String(cap.value) },
  })
}

function capOf({ bound, amount }: { bound: string; amount: string }, decimals: number): Result<bigint> {
  if (bound === 'none') {
    return amount.trim() === ''
      ? accept(noLimit)
      : wrongField('amount', 'Leave the field empty, or choose a cap')
  }
  const parsed = parseAmount(amount, decimals)
  return parsed.ok ? parsed : wrongField('amount', parsed.refusal.message)
}
