import { type Address, encodeFunctionData, type Hex } from 'viem'
import { identityRegistryAbi } from './generated/identity-registry'
import { limitPolicyAbi } from './generated/limit-policy'
import type { CallToTry } from './order-reverts'
import { decodeArguments } from './orders'

/**
 * The call that the Orders contract would make for an order, to try out before anybody has signed. Undefined for kinds
 * that are not prepared here.
 */
export function effectCall(
  contract: Address,
  target: Address,
  { kind, arguments: encoded }: { kind: number; arguments: Hex },
  id: Hex,
): CallToTry | undefined {
  const action = decodeArguments(kind, encoded)
  switch (action.kind) {
    case 'DecideKyc': {
      const { identity, status, tier, expiry, evidence } = action
      const args = [identity, status, tier, expiry, evidence, id] as const
      const data = encodeFunctionData({ abi: identityRegistryAbi, functionName: 'decide', args })
      return { from: contract, to: target, data }
    }
    case 'SetLimit': {
      const args = [action.scope, action.subject, action.window, action.limit, id] as const
      return {
        from: contract,
        to: target,
        data: encodeFunctionData({ abi: limitPolicyAbi, functionName: 'setLimit', args }),
      }
    }
    default:
      return undefined
  }
}
