import {
  type AbiFunction,
  type AbiParameter,
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  parseAbiItem,
  toFunctionSignature,
} from 'viem'
import { callAt, nobody } from '../call-at'
import { controlCall, isOfContract } from '../call-failure'
import { type Answer, type Call, type Rpc, resultOf } from '../rpc'
import type { Probe } from './adapter'
import { adapters } from './all'

/** A selector that no function was given. A contract that answers even this one tells nothing by answering. */
const nonsense: Hex = '0xf00df00d'
/** ERC-1967: where a proxy keeps the address of its code. */
const implementationSlot = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a33a57e0ad4ba8b4d5'

const erc165 = parseAbiItem('function supportsInterface(bytes4 id) view returns (bool)')
const functionsOf = (texts: readonly string[]) =>
  [...new Set(texts)].map((text) => parseAbiItem(text as 'function f()') as AbiFunction)
const views = functionsOf(adapters.flatMap((each) => each.views))
const acts = functionsOf(adapters.flatMap((each) => each.acts))
const interfaceIds = [...new Set(adapters.flatMap((each) => each.interfaceIds))] as Hex[]
/** Tokens that are each of their own: they have balances too, and are no instruments. */
const unique: Hex[] = ['0x80ac58cd', '0xd9b67a26']

export type Found = Probe & {
  hasCode: boolean
  /** It answers whatever it is asked. */
  answersNonsense: boolean
  /** What it says of itself; null where it does not. */
  symbol: string | null
  name: string | null
  decimals: number | null
  /** ERC-721 or ERC-1155, by its own claim. */
  isCollection: boolean
}

/** Asks a contract everything that any adapter wants to know, at one block, and changes nothing. */
export async function probeContract(rpc: Rpc, address: Address, blockHash: Hex): Promise<Found> {
  const call = (data: Hex) => callAt(blockHash, { from: nobody, to: address, data })
  const claimed = [...interfaceIds, ...unique, '0x01ffc9a7', '0xffffffff'] as Hex[]
  const words = ['symbol', 'name', 'decimals'].map((name) =>
    encodeFunctionData({ abi: [{ ...textView, name }], functionName: name }),
  )
  const calls: Call[] = [
    { method: 'eth_getCode', params: [address, { blockHash }] },
    { method: 'eth_getStorageAt', params: [address, implementationSlot, { blockHash }] },
    call(nonsense),
    ...words.map(call),
    ...claimed.map((id) => call(encodeFunctionData({ abi: [erc165], args: [id] }))),
    ...views.map((item) => call(encodeFunctionData({ abi: [item], args: item.inputs.map(sample) }))),
    ...acts.map((item) => call(encodeFunctionData({ abi: [item], args: item.inputs.map(sample) }))),
  ]
  const [code, slot, asked, ...rest] = await rpc.batch([...calls, controlCall(blockHash)])
  const control = rest.pop()!
  const take = (count: number) => rest.splice(0, count).map((answer) => readAnswer(answer, control))
  const [symbol, name, decimals] = take(words.length)
  const claims = new Map(take(claimed.length).map((said, at) => [claimed[at]!, isTrue(said)]))
  const isHonest = claims.get('0x01ffc9a7') === true && claims.get('0xffffffff') === false
  const silence = readAnswer(asked!, control)
  const answered = new Set(
    take(views.length).flatMap((said, at) => (isAnswer(views[at]!, said) ? [signature(views[at]!)] : [])),
  )
  const offered = new Set(
    take(acts.length).flatMap((said, at) => (isOffer(said, silence) ? [signature(acts[at]!)] : [])),
  )
  return {
    hasCode: resultOf('eth_getCode', code!) !== '0x',
    answersNonsense: silence.returned !== undefined && silence.returned !== '0x',
    symbol: textIn(symbol!),
    name: textIn(name!),
    decimals: decimals?.returned?.length === 66 ? Number(BigInt(decimals.returned)) : null,
    isCollection: isHonest && unique.some((id) => claims.get(id)),
    answers: (text) => answered.has(text),
    offers: (text) => offered.has(text),
    claims: (id) => isHonest && claims.get(id) === true,
    upgradeable: BigInt(('result' in slot! && (slot.result as Hex)) || '0x0') !== 0n,
  }
}

type Said = { returned?: Hex; refused?: Hex }

/** A refusal is an answer too; a node that cannot tell is none, and ends the look. */
function readAnswer(answer: Answer, control: Answer): Said {
  if ('result' in answer) return { returned: answer.result as Hex }
  const { data } = answer.error
  if (typeof data === 'string' && /^0x[0-9a-f]*$/i.test(data)) return { refused: data as Hex }
  if (isOfContract(answer.error, control)) return { refused: '0x' }
  resultOf('eth_call', answer)
  return {}
}

function isAnswer(item: AbiFunction, { returned }: Said): boolean {
  if (!returned || returned === '0x') return false
  try {
    decodeFunctionResult({ abi: [item], data: returned })
    return item.outputs[0]?.type === 'string' || returned.length === 66
  } catch {
    return false
  }
}

/** It did something, or it gave a reason not to, and either differs from what it does with nonsense. */
function isOffer(said: Said, silence: Said): boolean {
  if (said.returned !== undefined) return silence.returned === undefined
  return said.refused !== undefined && said.refused !== '0x' && said.refused !== silence.refused
}

const signature = (item: AbiFunction) => toFunctionSignature(item)
const isTrue = ({ returned }: Said) => returned?.length === 66 && BigInt(returned) === 1n

const textView = {
  type: 'function',
  stateMutability: 'view',
  inputs: [],
  outputs: [{ type: 'string' }],
} as const

/** A text, or the 32 bytes that early contracts have instead. */
function textIn({ returned }: Said): string | null {
  if (!returned || returned === '0x') return null
  try {
    const bytes = Buffer.from(returned.slice(2), 'hex')
    const text =
      bytes.length === 32
        ? bytes.toString('utf8')
        : (decodeFunctionResult({ abi: [{ ...textView, name: 'text' }], data: returned }) as string)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    const clean = text.replace(/[\u0000-\u001f\u007f]/g, '').trim()
    return clean === '' ? null : clean.slice(0, 80)
  } catch {
    return null
  }
}

function sample({ type }: AbiParameter): unknown {
  if (type === 'address') return nobody
  if (type === 'bool') return false
  return type === 'string' ? '' : 0n
}
