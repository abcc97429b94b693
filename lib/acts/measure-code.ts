import 'server-only'
import { type Address, type PublicClient, zeroAddress } from 'viem'
import type { Officer } from '@/lib/auth/officer'
import { readCode, readRate } from '@/lib/chain/code'
import { withActor } from '@/lib/db/client'
import { findInstrument } from '@/lib/db/instrument'
import { env } from '@/lib/env'
import { accept, type Result } from '@/lib/errors/refusal'
import { parseAddress } from '@/lib/format/address'
import { askChain } from './ask-chain'
import { type Judged, ofInstrument, type PlannedMeasure } from './measure-terms'
import type { InputOf } from './measures.schema'
import { mistyped, notOurs, wrongField } from './proposal'

type CodeInput = InputOf<'upgrade' | 'compliance' | 'rate'>

/** What an instrument runs on, obeys and is counted at: changes that no figure shows, and so by two persons each. */
export async function planCode(officer: Officer, input: CodeInput): Promise<Result<PlannedMeasure>> {
  const { chainId } = env()
  const address = input.instrument.toLowerCase() as Address
  const instrument = await withActor(officer, (tx) => findInstrument(tx, chainId, address))
  if (instrument?.standard !== 'plimsoll') return notOurs
  const asked = await askChain(async (client) => ({
    block: await client.getBlock({ blockTag: 'latest' }),
    judged: await judge(client, input, address),
  }))
  if (!asked.ok) return asked
  const { block, judged } = asked.value
  if (!judged.ok) return judged
  return accept(ofInstrument(instrument, judged.value, block.timestamp))
}

function judge(client: PublicClient, input: CodeInput, instrument: Address): Promise<Result<Judged>> {
  switch (input.kind) {
    case 'upgrade':
      return judgeUpgrade(client, input, instrument)
    case 'compliance':
      return judgeCompliance(client, input, instrument)
    case 'rate':
      return judgeRate(client, input, instrument)
  }
}

async function judgeUpgrade(
  client: PublicClient,
  { step, implementation }: InputOf<'upgrade'>,
  instrument: Address,
): Promise<Result<Judged>> {
  const code = await readCode(client, instrument)
  const { timestamp } = await client.getBlock({ blockTag: 'latest' })
  const isOpen = code.previous !== undefined && timestamp < code.rollbackUntil
  const before = {
    implementation: code.implementation,
    ...(code.scheduled && { scheduled: code.scheduled, notBefore: String(code.notBefore) }),
    ...(isOpen && { previous: code.previous! }),
  }
  const to = (next: Address): Result<Judged> =>
    accept({ action: { kind: 'Upgrade', implementation: next }, target: instrument, before, after: { step } })
  if (step !== 'new' && implementation !== '') {
    return wrongField('implementation', 'Leave the field empty, or choose new code')
  }
  switch (step) {
    case 'cancel':
      return code.scheduled ? to(zeroAddress) : wrongField('step', 'No upgrade is scheduled')
    case 'back':
      return isOpen ? to(code.previous!) : wrongField('step', 'There is no way back, or it has closed')
    case 'new': {
      const next = parseAddress(implementation)
      if (!next) return wrongField('implementation', mistyped)
      if (next === code.implementation) return wrongField('implementation', 'This code is in force already')
      if (next === code.scheduled) return wrongField('implementation', 'This code is scheduled already')
      // By its address the contract would take it for the way back, which is in force at once.
      if (isOpen && next === code.previous) {
        return wrongField('step', 'This is the previous code: choose the way back')
      }
      return to(next)
    }
  }
}

async function judgeCompliance(
  client: PublicClient,
  input: InputOf<'compliance'>,
  instrument: Address,
): Promise<Result<Judged>> {
  const compliance = parseAddress(input.compliance)
  if (!compliance) return wrongField('compliance', mistyped)
  const code = await readCode(client, instrument)
  if (code.compliance === compliance) return wrongField('compliance', 'It obeys this contract already')
  return accept({
    action: { kind: 'SetCompliance', compliance },
    target: instrument,
    before: { compliance: code.compliance },
    after: { compliance },
  })
}

async function judgeRate(
  client: PublicClient,
  input: InputOf<'rate'>,
  instrument: Address,
): Promise<Result<Judged>> {
  const { policy } = env().deployment
  const [numerator, denominator] = [BigInt(input.numerator), BigInt(input.denominator)]
  const now = await readRate(client, policy, instrument)
  if (now.numerator * denominator === numerator * now.denominator && now.numerator !== 0n) {
    return wrongField('numerator', 'This is the rate already')
  }
  if (numerator > largestTerm) return wrongField('numerator', 'Enter a smaller number')
  if (denominator > largestTerm) return wrongField('denominator', 'Enter a smaller number')
  return accept({
    action: { kind: 'SetRate', instrument, numerator, denominator },
    target: policy,
    before: { numerator: String(now.numerator), denominator: String(now.denominator) },
    after: { numerator: String(numerator), denominator: String(denominator) },
  })
}

/** Both terms are uint128. */
const largestTerm = 2n ** 128n - 1n
