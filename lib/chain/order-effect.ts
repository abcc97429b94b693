import { type Address, encodeFunctionData, type Hex, parseAbi } from 'viem'
import type { CallToTry } from './order-reverts'
import { decodeArguments, type OrderAction } from './orders'

/** What orders call, as contracts/src/Dispatch.sol has it. A test holds it against the contracts' own ABIs. */
const orderedAbi = parseAbi([
  'function decide(address identity, uint8 status, uint8 tier, uint64 expiry, bytes32 evidence, bytes32 orderId)',
  'function setFlag(address identity, bool flagged, bytes32 orderId)',
  'function setCountry(address identity, uint16 country, bytes32 orderId)',
  'function setTrustedIssuer(address issuer, uint256 topic, bool trusted, bytes32 orderId)',
  'function setClaimTopic(uint256 topic, bool required, bytes32 orderId)',
  'function setLimit(uint8 scope, bytes32 subject, uint8 window, uint256 limit, bytes32 orderId)',
  'function setRate(address instrument, uint128 numerator, uint128 denominator, bytes32 orderId)',
  'function setRoles(address account, bytes32 person, uint256 roles, bytes32 orderId)',
  'function setDelegation(address principal, address deputy, uint64 startsAt, uint64 until, bytes32 orderId)',
  'function freeze(address account, uint64 until)',
  'function setAddressFrozen(address account, bool frozen)',
  'function pause(uint64 until)',
  'function unpause()',
  'function setFrozenTokens(address account, uint256 amount) returns (bool)',
  'function forcedTransfer(address from, address to, uint256 amount) returns (bool)',
  'function recoveryAddress(address lost, address replacement, address identity) returns (bool)',
  'function setCompliance(address compliance)',
  'function scheduleUpgrade(address implementation)',
  'function setCountry(uint16 country, bool listed, bytes32 orderId)',
  'function setCap(uint256 cap, bytes32 orderId)',
  'function approve(address from, address to, uint256 amount, uint64 expiresAt, bytes32 orderId)',
])

/**
 * The call that the Orders contract would make for an order, to try out before anybody has signed. Undefined for
 * SetSignatures, which the contract does within itself.
 */
export function effectCall(
  contract: Address,
  target: Address,
  { kind, arguments: encoded }: { kind: number; arguments: Hex },
  id: Hex,
): CallToTry | undefined {
  const data = effectData(decodeArguments(kind, encoded), id)
  return data && { from: contract, to: target, data }
}

function effectData(action: OrderAction, id: Hex): Hex | undefined {
  const abi = orderedAbi
  switch (action.kind) {
    case 'DecideKyc': {
      const { identity, status, tier, expiry, evidence } = action
      const args = [identity, status, tier, expiry, evidence, id] as const
      return encodeFunctionData({ abi, functionName: 'decide', args })
    }
    case 'SetLimit': {
      const args = [action.scope, action.subject, action.window, action.limit, id] as const
      return encodeFunctionData({ abi, functionName: 'setLimit', args })
    }
    case 'SetRate': {
      const args = [action.instrument, action.numerator, action.denominator, id] as const
      return encodeFunctionData({ abi, functionName: 'setRate', args })
    }
    case 'Freeze':
      return encodeFunctionData({ abi, functionName: 'freeze', args: [action.account, action.expiresAt] })
    case 'Unfreeze':
      return encodeFunctionData({ abi, functionName: 'setAddressFrozen', args: [action.account, false] })
    case 'SetRoles': {
      const args = [action.account, action.person, action.roles, id] as const
      return encodeFunctionData({ abi, functionName: 'setRoles', args })
    }
    case 'SetSignatures':
      return undefined
    case 'Pause':
      return encodeFunctionData({ abi, functionName: 'pause', args: [action.expiresAt] })
    case 'Unpause':
      return encodeFunctionData({ abi, functionName: 'unpause' })
    case 'FreezeAmount':
      return encodeFunctionData({
        abi,
        functionName: 'setFrozenTokens',
        args: [action.account, action.amount],
      })
    case 'ForcedTransfer': {
      const args = [action.from, action.to, action.amount] as const
      return encodeFunctionData({ abi, functionName: 'forcedTransfer', args })
    }
    case 'Recover': {
      const args = [action.lost, action.replacement, action.identity] as const
      return encodeFunctionData({ abi, functionName: 'recoveryAddress', args })
    }
    case 'SetCountryRule':
      return encodeFunctionData({
        abi,
        functionName: 'setCountry',
        args: [action.country, action.listed, id],
      })
    case 'SetSupplyCap':
    case 'SetHolderCap':
      return encodeFunctionData({ abi, functionName: 'setCap', args: [action.cap, id] })
    case 'Preapprove': {
      const args = [action.from, action.to, action.amount, action.expiresAt, id] as const
      return encodeFunctionData({ abi, functionName: 'approve', args })
    }
    case 'SetScreening':
      return encodeFunctionData({ abi, functionName: 'setFlag', args: [action.identity, action.flagged, id] })
    case 'SetTrustedIssuer': {
      const args = [action.issuer, action.topic, action.trusted, id] as const
      return encodeFunctionData({ abi, functionName: 'setTrustedIssuer', args })
    }
    case 'SetClaimTopic':
      return encodeFunctionData({
        abi,
        functionName: 'setClaimTopic',
        args: [action.topic, action.required, id],
      })
    case 'Delegate': {
      const args = [action.principal, action.delegate, action.startsAt, action.until, id] as const
      return encodeFunctionData({ abi, functionName: 'setDelegation', args })
    }
    case 'SetCompliance':
      return encodeFunctionData({ abi, functionName: 'setCompliance', args: [action.compliance] })
    case 'Upgrade':
      return encodeFunctionData({ abi, functionName: 'scheduleUpgrade', args: [action.implementation] })
    case 'SetCountry':
      return encodeFunctionData({
        abi,
        functionName: 'setCountry',
        args: [action.identity, action.country, id],
      })
  }
}
