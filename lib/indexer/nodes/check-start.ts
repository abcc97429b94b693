import { numberToHex } from 'viem'
import type { Rpc } from '../../chain/rpc'
import type { ChainConfig } from '../sync'

/**
 * Whether the first block to index is early enough: the contracts of ours and the instruments whose whole history is
 * wanted have no code in the block before it. `unknown`: the node no longer keeps that state.
 * @returns with `late`, the addresses that had code already
 */
export async function checkStart(
  rpc: Rpc,
  { startBlock, watch }: ChainConfig,
): Promise<{ start: 'early' | 'unknown' } | { start: 'late'; addresses: string[] }> {
  const { registry, policy, roles, orders, anchor, instruments } = watch
  const whole = [...instruments.values()].filter(({ history }) => history === 'full')
  const addresses = [registry, policy, roles, orders, anchor, ...whole.map(({ address }) => address)].filter(
    (address) => address !== null,
  )
  const before = numberToHex(startBlock - 1n)
  const answers = await rpc.batch(
    addresses.map((address) => ({ method: 'eth_getCode', params: [address, before] })),
  )
  const codes = answers.map((answer) => ('result' in answer ? answer.result : undefined))
  const late = addresses.filter((_, index) => typeof codes[index] === 'string' && codes[index] !== '0x')
  if (late.length > 0) return { start: 'late', addresses: late }
  return { start: codes.every((code) => code === '0x') ? 'early' : 'unknown' }
}
