import {
  type Abi,
  type AbiEvent,
  type Address,
  BaseError,
  decodeErrorResult,
  decodeEventLog,
  type Hex,
  toEventSelector,
} from 'viem'

/** What a contract of somebody else's can do, as far as it can be seen from outside. */
export const capabilities = [
  'freeze',
  'partial-freeze',
  'blacklist',
  'forced-transfer',
  'recovery',
  'pause',
  'mint',
  'burn',
  'identity-registry',
  'compliance',
  'pre-check',
  'restriction-codes',
  'permit',
  'upgradeable',
] as const
export type Capability = (typeof capabilities)[number]

export const foreignStandards = ['erc3643', 'erc1404', 'erc7943', 'fiat-token', 'erc20'] as const
export type ForeignStandard = (typeof foreignStandards)[number]

/** What an event changes, in the ledger's own terms. Addresses in lower case. */
export type Effect =
  | { what: 'freeze'; account: Address; frozen: boolean }
  | { what: 'frozen-amount'; account: Address; amount: bigint }
  | { what: 'frozen-change'; account: Address; change: bigint }
  | { what: 'pause'; paused: boolean }
  | { what: 'compliance'; compliance: Address }
  /** Names the reason of a movement in the same transaction; `to` null: whoever received it. */
  | { what: 'cause'; cause: 'forced' | 'recovery'; from: Address; to: Address | null }

/**
 * A view that says how a control stands. `isRelative`: the events behind it tell changes only, so that what was before
 * the first of them has to be known.
 */
export type Control = { view: string; of: 'pause' | 'freeze' | 'frozen-amount'; isRelative?: true }

export type Arguments = Readonly<Record<string, unknown>>

/** What a look at a contract found; see probe.ts. */
export type Probe = {
  /** Whether a view with this signature answered, and in its own form. */
  answers: (signature: string) => boolean
  /** Whether a function that changes something is there, as far as its refusal tells. */
  offers: (signature: string) => boolean
  /** ERC-165. */
  claims: (interfaceId: Hex) => boolean
  upgradeable: boolean
}

/** One kind of token that we did not write: how it is known, what it can do, what its events and refusals mean. */
export type Adapter = {
  standard: ForeignStandard
  name: string
  views: readonly string[]
  acts: readonly string[]
  interfaceIds: readonly Hex[]
  /** What contracts of this kind may be asked of their controls, under the names that are met. */
  controls: readonly Control[]
  /** Those that every one of the kind answers, so that they are asked without a look at it first. */
  tells?: readonly string[]
  isRecognised: (probe: Probe) => boolean
  capabilities: (probe: Probe) => Partial<Record<Capability, boolean>>
  /** Every form of every event that it is known to say, Transfer left out. */
  events: Abi
  /** Nothing: the event is kept among what the contract said, and changes no projection. */
  effectsOf: (name: string, args: Arguments) => Effect[]
  errors: Abi
  /** What its error names and texts mean, where they do not say it. */
  words: Readonly<Record<string, string>>
}

/** Known, and so many that keeping them a second time would tell nobody anything: `log` has them. */
export const commonplace = new Set(['Approval', 'AuthorizationUsed', 'AuthorizationCanceled'])

export const same = (value: unknown): Address => String(value).toLowerCase() as Address

/** Topic 0 to every form of the event: the same event is found with other parameters indexed. */
export function formsOf(events: Abi): ReadonlyMap<Hex, AbiEvent[]> {
  const forms = new Map<Hex, AbiEvent[]>()
  for (const item of events) {
    if (item.type !== 'event') continue
    const topic = toEventSelector(item)
    forms.set(topic, [...(forms.get(topic) ?? []), item])
  }
  return forms
}

/** By the form whose indexed parameters are as many as the topics; undefined if none fits. */
export function decodeForm(
  forms: readonly AbiEvent[],
  log: { topics: readonly Hex[]; data: Hex },
): { name: string; args: Arguments } | undefined {
  for (const form of forms) {
    if (form.inputs.filter(({ indexed }) => indexed).length !== log.topics.length - 1) continue
    try {
      const topics = log.topics as [Hex, ...Hex[]]
      const { args } = decodeEventLog({ abi: [form], topics, data: log.data })
      return { name: form.name, args: (args ?? {}) as Arguments }
    } catch (error) {
      if (!(error instanceof BaseError)) throw error
    }
  }
  return undefined
}

/** A refusal in words: its name or text, what that means, and its values. Undefined where the adapter knows nothing. */
export function readRefusal(adapter: Adapter, data: Hex): string | undefined {
  try {
    const { errorName, args } = decodeErrorResult({ abi: adapter.errors, data })
    const values = (args ?? []) as readonly unknown[]
    if ((errorName as string) === 'Error') return explain(adapter, String(values[0]))
    if ((errorName as string) === 'Panic') return undefined
    const said = explain(adapter, errorName)
    return values.length > 0 ? `${said} (${values.map((value) => String(value)).join(', ')})` : said
  } catch (error) {
    if (!(error instanceof BaseError)) throw error
    return undefined
  }
}

function explain({ words }: Adapter, said: string): string {
  const meaning = words[said]
  return meaning ? `${said}: ${meaning}` : said
}
