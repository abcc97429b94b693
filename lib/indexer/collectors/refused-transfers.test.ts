import {
  type Address,
  encodeErrorResult,
  encodeFunctionData,
  type Hex,
  pad,
  zeroAddress,
  zeroHash,
} from 'viem'
import { expect, test } from 'vitest'
import { instrumentAbi } from '../../chain/generated/instrument'
import type { Draft, Revert } from '../draft'
import { refusedTransfers } from './refused-transfers'

const [sender, ann, bob] = [1, 2, 3].map((number) => pad(`0x${number}`, { size: 20 })) as [
  Address,
  Address,
  Address,
]
const instrument = pad('0xb0', { size: 20 })

/** The line that a reverted call leaves in the register, if any. */
function lineOf(input: Hex, revert: Revert | null) {
  const rows = { refusals: [] as unknown[] }
  const known = { accounts: new Map([[sender, { identity: pad('0x1d', { size: 20 }), firmId: 3 }]]) }
  const at = { blockNumber: 7n, time: 0n, hash: zeroHash, index: 1 }
  refusedTransfers.collectReverted?.({ ...at, from: sender, to: instrument, input, revert }, {
    known,
    rows,
    watch: { instruments: new Map([[instrument, { standard: 'plimsoll' }]]) },
  } as unknown as Draft)
  return rows.refusals[0] as Record<string, unknown> | undefined
}

const refused = (from: Address, to: Address, amount: bigint): Revert => ({
  data: encodeErrorResult({
    abi: instrumentAbi,
    errorName: 'TransferRefused',
    args: [from, to, amount, 13, instrument, 0n, zeroHash],
  }),
  note: '',
})

const batch = (
  accounts: Address[],
  amounts: bigint[],
  functionName: 'batchTransfer' | 'batchMint' | 'batchBurn',
) => encodeFunctionData({ abi: instrumentAbi, functionName, args: [accounts, amounts] })

test('a refused batch is one line: the entry that the verdict names', () => {
  const input = batch([ann, bob], [5n, 9n], 'batchTransfer')
  expect(lineOf(input, refused(sender, bob, 9n))).toMatchObject({
    from: sender,
    to: bob,
    amount: 9n,
    code: 13,
  })
  expect(lineOf(input, refused(sender, ann, 5n))).toMatchObject({ to: ann, amount: 5n, fromFirm: 3 })
})

test('an issuer’s batches come from nobody, or go to nobody', () => {
  const minted = lineOf(batch([ann, bob], [5n, 9n], 'batchMint'), refused(zeroAddress, bob, 9n))
  expect(minted).toMatchObject({ sender, from: zeroAddress, to: bob, amount: 9n, fromFirm: null })
  const burnt = lineOf(batch([ann, bob], [5n, 9n], 'batchBurn'), refused(bob, zeroAddress, 9n))
  expect(burnt).toMatchObject({ from: bob, to: zeroAddress, amount: 9n })
})

test('a batch refused for itself shows its first entry, and an empty one nothing', () => {
  const data = encodeErrorResult({ abi: instrumentAbi, errorName: 'LengthMismatch', args: [2n, 1n] })
  expect(lineOf(batch([ann, bob], [5n], 'batchTransfer'), { data, note: '' })).toMatchObject({
    ...{ to: ann, amount: 5n, code: null },
    reason: 'Length mismatch: 2, 1',
  })
  expect(lineOf(batch([ann, bob], [5n, 9n], 'batchTransfer'), null)).toMatchObject({ to: ann, amount: 5n })
  expect(lineOf(batch([], [], 'batchTransfer'), null)).toBeUndefined()
})
