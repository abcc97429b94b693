import { type Abi, type Hex, keccak256, toFunctionSelector } from 'viem'
import { describe, expect, it } from 'vitest'
import { sampleActions } from '@/test/sample-orders'
import { identityRegistryAbi } from './generated/identity-registry'
import { instrumentAbi } from './generated/instrument'
import { limitPolicyAbi } from './generated/limit-policy'
import { rolesAbi } from './generated/roles'
import { effectCall } from './order-effect'
import { orderKinds } from './order-kinds'
import { encodeArguments, kindNumber } from './orders'

const contract = '0x5fbdb2315678afecb367f032d93f642f64180aa3'
const target = '0xe7f1725e7734ce288f8367e1bb143e90bb3f0512'
const id = keccak256('0x1d')

const selectorsOf = (abi: Abi) =>
  abi.flatMap((item) => (item.type === 'function' ? [toFunctionSelector(item)] : []))

const takes: Partial<Record<(typeof orderKinds)[number]['target'], Hex[]>> = {
  instrument: selectorsOf(instrumentAbi),
  registry: selectorsOf(identityRegistryAbi),
  policy: selectorsOf(limitPolicyAbi),
  roles: selectorsOf(rolesAbi),
}

describe('the call that an order would make', () => {
  it.each(sampleActions)('is one that its target has: $kind', (action) => {
    const kind = kindNumber(action.kind)
    const call = effectCall(contract, target, { kind, arguments: encodeArguments(action) }, id)
    if (action.kind === 'SetSignatures') {
      expect(call).toBeUndefined()
      return
    }
    expect(call).toMatchObject({ from: contract, to: target })
    const known = takes[orderKinds[kind]!.target]
    if (known) expect(known).toContain(call!.data.slice(0, 10))
  })
})
