import { type Address, type Hex, type PublicClient, recoverAddress } from 'viem'
import { type ChainOrder, cancelCall, executeCall, orderId, rejectCall } from './orders'

/** The call that an act on an order is, and nothing but it. `rejectReason` is the bytes32 of a rejection. */
export function callFor(
  act: 'execute' | 'cancel' | 'reject',
  contract: Address,
  order: ChainOrder,
  { signature, rejectReason }: { signature: Hex | null; rejectReason?: Hex },
): { to: Address; data: Hex } {
  switch (act) {
    case 'execute':
      return executeCall(contract, order, signature ?? '0x')
    case 'cancel':
      return cancelCall(contract, order)
    case 'reject':
      return rejectCall(contract, order, signature ?? '0x', rejectReason ?? `0x${'0'.repeat(64)}`)
  }
}

const halfOrder = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

/**
 * Whether the contract will take this as the proposer's signature. Of a plain wallet: 65 bytes, v 27 or 28 and the
 * lower s, as OpenZeppelin's ECDSA demands. Of a contract wallet: what its own code says (ERC-1271).
 */
export async function isProposerSignature(
  client: PublicClient,
  chainId: number,
  contract: Address,
  order: ChainOrder,
  signature: Hex,
): Promise<boolean> {
  const code = await client.getCode({ address: order.proposer })
  const hash = orderId(chainId, contract, order)
  if (code && code !== '0x') return client.verifyHash({ address: order.proposer, hash, signature })
  if (signature.length !== 132 || !['1b', '1c'].includes(signature.slice(130))) return false
  if (BigInt(`0x${signature.slice(66, 130)}`) > halfOrder) return false
  const signer = await recoverAddress({ hash, signature }).catch(() => undefined)
  return signer?.toLowerCase() === order.proposer.toLowerCase()
}
