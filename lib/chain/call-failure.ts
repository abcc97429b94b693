import type { Hex } from 'viem'
import { callAt, nobody } from './call-at'
import type { Answer, Call } from './rpc'

/**
 * Why an `eth_call` ended in an error: the contract came to nothing, which says something of the contract, or the node
 * could not tell, which says nothing. Nodes give both as JSON-RPC errors, and each client has words of its own.
 */

type CallError = { code: number; message: string }

/** Reverted with data; and ended in the virtual machine, as Besu, Erigon and Nethermind have it. */
const contractCodes: readonly number[] = [3, -32015]

/** As Geth, Besu and revm (anvil, Reth) name the ways in which a call ends in the contract. */
const contractWords: readonly RegExp[] = [
  /revert/i,
  /op ?code|(bad|invalid) instruction/i,
  /(bad|invalid) ?jump/i,
  /stack ?(under|over)flow|stack limit|out of stack|(too many|insufficient) stack items/i,
  /out ?of ?(gas|offset|funds)|insufficient gas|gas uint64 overflow|[a-z]OOG\b/i,
  /^(return data )?out of bounds/i,
  /write protection|illegal state change|(inside|during) ?static/i,
  /precompile ?error/i,
  /execution aborted/i,
  /max call depth|call ?too ?deep|insufficient balance for transfer/i,
]

/** A block or state that the node has not, which it may lack for one account and not for another. */
const nodeWords =
  /header not found|unknown block|block not found|missing trie node|state .*(un|not )available/i

export const isNamedOfContract = ({ code, message }: CallError): boolean =>
  contractCodes.includes(code) || contractWords.some((words) => words.test(message))

/** A call that every node can answer that has the block. It is asked last in the batch that it is to speak for. */
export const controlCall = (blockHash: Hex): Call => callAt(blockHash, { to: nobody, data: '0x' })

/**
 * Whether the contract is the reason. No list of words is ever complete: an error that nobody knows is the contract's
 * too if the same node, in the same breath and at the same block, answered `controlCall`.
 */
export const isOfContract = (error: CallError, control: Answer): boolean =>
  isNamedOfContract(error) || ('result' in control && !nodeWords.test(error.message))
