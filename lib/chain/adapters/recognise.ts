import { type Address, type Hex, numberToHex } from 'viem'
import { type Rpc, resultOf } from '../rpc'
import { type Adapter, type Capability, capabilities } from './adapter'
import { adapters } from './all'
import { type Found, probeContract } from './probe'

/** What a contract was found to be, as at one block. */
export type Recognised = {
  adapter: Adapter
  capabilities: Capability[]
  symbol: string
  name: string
  decimals: number
  block: bigint
  blockHash: Hex
}

/** Why nothing was recognised: `no-code`, or words that say what is missing. */
export type Unrecognised = { why: 'no-code' | 'no-token'; words: string }

/** What stands at an address, asked at the node's newest block. */
export async function recognise(rpc: Rpc, address: Address): Promise<Recognised | Unrecognised> {
  const head = (await rpc.call('eth_getBlockByNumber', 'latest', false)) as { number: Hex; hash: Hex }
  const found = await probeContract(rpc, address, head.hash)
  const why = whyNot(found)
  if (why) return why
  const adapter = adapters.find((each) => each.isRecognised(found))
  if (!adapter) return noToken('It has no balances, supply and decimals as a token has')
  const can = adapter.capabilities(found)
  return {
    adapter,
    capabilities: capabilities.filter((each) => can[each]),
    symbol: found.symbol ?? 'Unnamed',
    name: found.name ?? found.symbol ?? 'Unnamed',
    decimals: found.decimals!,
    block: BigInt(head.number),
    blockHash: head.hash,
  }
}

const noToken = (words: string): Unrecognised => ({ why: 'no-token', words })

function whyNot(found: Found): Unrecognised | undefined {
  if (!found.hasCode) return { why: 'no-code', words: 'There is no contract at this address' }
  if (found.answersNonsense)
    return noToken(
      'It answers whatever it is asked, also what nobody ever defined, so nothing it says counts',
    )
  if (found.isCollection)
    return noToken('Its tokens are each of their own (ERC-721 or ERC-1155): it is no instrument')
  const hasBalances = found.answers('balanceOf(address)') && found.answers('totalSupply()')
  const claimed = adapters.find(({ interfaceIds }) => interfaceIds.some(found.claims))
  if (!hasBalances && claimed) return noToken(`It claims to be ${claimed.name} and has no balances`)
  if (found.decimals === null || found.decimals > 77)
    return hasBalances ? noToken('It has balances and no decimals that could be read') : undefined
  return undefined
}

/** Where code appeared; `unknown`: the node no longer keeps that state. */
export type Founded = { block: bigint } | 'unknown'

/**
 * The first block after which the address has code, by halving. At `head` it must have some. A node that keeps only
 * recent state still knows of a recent deployment.
 */
export async function findDeployment(rpc: Rpc, address: Address, head: bigint): Promise<Founded> {
  const hasCode = async (block: bigint): Promise<boolean | undefined> => {
    const [answer] = await rpc.batch([{ method: 'eth_getCode', params: [address, numberToHex(block)] }])
    if (!('result' in answer!)) return undefined
    return resultOf('eth_getCode', answer) !== '0x'
  }
  let [without, withCode] = [-1n, head]
  let isSure = true
  while (withCode - without > 1n) {
    const middle = (without + withCode) / 2n
    const has = await hasCode(middle)
    if (has) withCode = middle
    else {
      without = middle
      isSure = has === false
    }
  }
  return isSure ? { block: withCode } : 'unknown'
}

/**
 * Whether an entered block is the one of the deployment, as far as the node can say: `early` if there is no code yet
 * after it, `late` if there was some before it.
 */
export async function checkDeployment(
  rpc: Rpc,
  address: Address,
  block: bigint,
): Promise<'right' | 'early' | 'late' | 'unknown'> {
  const at = (number: bigint) => ({ method: 'eth_getCode', params: [address, numberToHex(number)] })
  const [after, before] = await rpc.batch([at(block), at(block > 0n ? block - 1n : 0n)])
  if ('result' in after! && after.result === '0x') return 'early'
  if ('result' in before! && before.result !== '0x' && block > 0n) return 'late'
  return 'result' in after! && 'result' in before! ? 'right' : 'unknown'
}
