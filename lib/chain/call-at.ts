import type { Address, Hex } from 'viem'
import type { Call } from './rpc'

/** An account that nobody has the key of and that has no code: calling it does nothing, and nobody ever froze it. */
export const nobody: Address = '0x00000000000000000000000000000000000d0d0d'

/** `eth_call` at a block's hash (EIP-1898). */
export const callAt = (blockHash: Hex, call: { from?: Address; to: Address; data: Hex }): Call => ({
  method: 'eth_call',
  params: [call, { blockHash }],
})
