import 'server-only'
import type { Address } from 'viem'
import type { Officer } from '@/lib/auth/officer'
import { readApproved } from '@/lib/chain/code'
import { readRule } from '@/lib/chain/modules'
import { minuteOf } from '@/lib/compliance/measures'
import { withActor } from '@/lib/db/client'
import { findInstrument, type InstrumentRecord } from '@/lib/db/instrument'
import { listInstrumentModules } from '@/lib/db/module'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { parseAddress } from '@/lib/format/address'
import { parseAmount } from '@/lib/format/amount'
import { askChain } from './ask-chain'
import { findParty, type Party } from './measure-account'
import type { PlannedMeasure } from './measure-terms'
import type { InputOf } from './measures.schema'
import { mistyped, notOurs, wrongField } from './proposal'

type Input = InputOf<'preapproval'>
type Known = {
  instrument: InstrumentRecord
  from: Party
  to: Party
  amount: bigint
  modules: readonly Address[]
}

/** One transfer between two accounts, of exactly this amount, allowed once until a time; or that taken back. */
export async function planPreapproval(officer: Officer, input: Input): Promise<Result<PlannedMeasure>> {
  const known = await gather(officer, input)
  if (!known.ok) return known
  const { instrument, from, to, amount, modules } = known.value
  const pair = { from: from.account.address, to: to.account.address, amount }
  const asked = await askChain(async (client) => {
    const { timestamp } = await client.getBlock({ blockTag: 'latest' })
    const rules = await Promise.all(modules.map((module) => readRule(client, module)))
    const module = modules[rules.findIndex(({ kind }) => kind === 'preapproval')]
    return { timestamp, module, until: module ? await readApproved(client, module, pair, timestamp) : 0n }
  })
  if (!asked.ok) return asked
  const { timestamp, module, until } = asked.value
  if (!module) return wrongField('instrument', `${instrument.symbol} asks for no pre-approval`)
  const expiresAt = endOf(input, timestamp, until)
  if (!expiresAt.ok) return expiresAt
  const { symbol, decimals } = instrument
  return accept({
    action: { kind: 'Preapprove', ...pair, expiresAt: expiresAt.value },
    target: module,
    blockTime: timestamp,
    // The sender's firm waits for it, and may read it once it is in force.
    firmId: from.account.firmId,
    subject: instrument.address,
    before: {
      ...{ name: symbol, symbol, decimals: String(decimals), until: String(until) },
      ...{ fromName: from.name, toName: to.name },
    },
    after: { until: String(expiresAt.value), amount: String(amount) },
  })
}

async function gather(officer: Officer, input: Input): Promise<Result<Known>> {
  const { chainId } = env()
  const [fromAddress, toAddress] = [parseAddress(input.from), parseAddress(input.to)]
  if (!fromAddress) return wrongField('from', mistyped)
  if (!toAddress) return wrongField('to', mistyped)
  if (fromAddress === toAddress) return wrongField('to', 'This is the same account')
  const address = input.instrument.toLowerCase() as Address
  const { instrument, from, to, obeys } = await withActor(officer, async (tx) => ({
    instrument: await findInstrument(tx, chainId, address),
    from: await findParty(tx, chainId, fromAddress),
    to: await findParty(tx, chainId, toAddress),
    obeys: (await listInstrumentModules(tx, chainId)).find((each) => each.instrument === address),
  }))
  if (instrument?.standard !== 'plimsoll') return notOurs
  if (!from) return wrongField('from', 'Nobody registered this account')
  if (!to) return wrongField('to', 'Nobody registered this account')
  const parsed = parseAmount(input.amount, instrument.decimals)
  if (!parsed.ok) return wrongField('amount', parsed.refusal.message)
  if (parsed.value === 0n) return wrongField('amount', 'Enter an amount above zero')
  return accept({ instrument, from, to, amount: parsed.value, modules: obeys?.modules ?? [] })
}

/** @param standing the end of the same approval that is open, 0 if none is */
function endOf({ stands, expiresAt }: Input, now: bigint, standing: bigint): Result<bigint> {
  if (stands === 'withdrawn') {
    return standing === 0n ? wrongField('stands', 'No approval of this transfer is open') : accept(0n)
  }
  const end = minuteOf(expiresAt)
  if (end === undefined) return wrongField('expiresAt', 'Enter the date and time at which it ends')
  if (end <= now) return wrongField('expiresAt', 'The end must be in the future')
  if (end === standing) return wrongField('expiresAt', 'It is allowed until then already')
  return accept(end)
}
