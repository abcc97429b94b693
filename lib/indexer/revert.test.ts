import { encodeErrorResult, pad, parseAbi, zeroAddress } from 'viem'
import { describe, expect, test } from 'vitest'
import { instrumentAbi } from '../chain/generated/instrument'
import { readRevert } from './revert'

const abi = parseAbi(['error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)'])
const nothing = { code: null, module: null, headroom: null, subject: null }

const refused = (code: number, subject: `0x${string}`) =>
  encodeErrorResult({
    abi: instrumentAbi,
    errorName: 'TransferRefused',
    args: [
      zeroAddress,
      zeroAddress,
      9n,
      code,
      '0xabcdef0000000000000000000000000000000001',
      2n ** 256n - 1n,
      pad(subject, { size: 32 }),
    ],
  })

describe('a verdict of ours', () => {
  test.each([
    [
      'an identity',
      22,
      '0x1d00000000000000000000000000000000000001',
      '0x1d00000000000000000000000000000000000001',
    ],
    ['a tier', 21, '0x0', '0'],
    ['a firm', 25, '0x7', '7'],
    ['nobody', 10, '0x0', null],
  ] as const)('keeps code, module and headroom, and names %s', (_whose, code, subject, expected) => {
    expect(readRevert({ data: refused(code, subject), note: '' })).toEqual({
      code,
      module: '0xabcdef0000000000000000000000000000000001',
      headroom: 2n ** 256n - 1n,
      subject: expected,
      reason: '',
    })
  })
})

describe('a refusal of any other kind is put in words', () => {
  const insufficient = encodeErrorResult({ abi, args: [zeroAddress, 1n, 2n] })
  test.each([
    ['a custom error', insufficient, '', `ERC20 insufficient allowance: ${zeroAddress}, 1, 2`],
    [
      'a string',
      encodeErrorResult({ abi: parseAbi(['error Error(string)']), args: ['Pausable: paused'] }),
      '',
      'Pausable: paused',
    ],
    ['a panic', encodeErrorResult({ abi: parseAbi(['error Panic(uint256)']), args: [17n] }), '', 'Panic: 17'],
    ['an error nobody knows', '0xdeadbeef', '', 'Unknown error 0xdeadbeef'],
    ['a known error cut short', insufficient.slice(0, 60), '', `Unknown error ${insufficient.slice(0, 10)}`],
    ['no data', '0x', '', 'Refused without a reason'],
    ['no data but a note', '0x', 'Out of gas', 'Out of gas'],
    ['a node that would not say', null, '', 'The node could not replay the call'],
  ] as const)('%s', (_what, data, note, reason) => {
    expect(readRevert({ data: data as `0x${string}` | null, note })).toEqual({ ...nothing, reason })
  })
})
