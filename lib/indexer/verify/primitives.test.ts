import fc from 'fast-check'
import { bytesToHex, type Hex, keccak256 as keccakOfViem, numberToHex, toRlp } from 'viem'
import { privateKeyToAddress, sign } from 'viem/accounts'
import { expect, test } from 'vitest'
import { referenceRoot } from '../../../test/reference-trie'
import { keccak256, keccakDigits } from './keccak'
import { digitsOf, rlpInteger, rlpList, rlpNumber, rlpString } from './rlp'
import { isLow, recoverInScript, recoverNatively, signerOf } from './signature'
import { trieRoot } from './trie'

// Each against another implementation of the same.

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((value) => bytesToHex(value))
const edges = [0, 1, 55, 56, 57, 255, 256, 65_535, 65_536].map((length): Hex => `0x${'7f'.repeat(length)}`)
const singles = ['0x00', '0x01', '0x7f', '0x80', '0xff'] as const

test('strings and lists encode as viem encodes them', () => {
  const agree = (values: readonly Hex[]) => {
    for (const value of values) expect(`0x${rlpString(digitsOf(value))}`).toBe(toRlp(value))
    const list = rlpList(values.map((value) => rlpString(digitsOf(value))).join(''))
    expect(`0x${list}`).toBe(toRlp([...values]))
  }
  agree([])
  agree([...edges, ...singles])
  fc.assert(fc.property(fc.array(bytes(80), { maxLength: 12 }), agree))
})

test('integers are as short as they can be, up to the greatest uint256', () => {
  const agree = (value: bigint) => {
    const expected = toRlp(value === 0n ? '0x' : bytesToHex(bytesOf(value)))
    expect(`0x${rlpNumber(value)}`).toBe(expected)
    expect(`0x${rlpInteger(`0x${value.toString(16)}`)}`).toBe(expected)
  }
  for (const value of [0n, 1n, 127n, 128n, 255n, 256n, 2n ** 64n, 2n ** 256n - 1n]) agree(value)
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), agree))
})

const bytesOf = (value: bigint): Uint8Array => {
  const digits = value.toString(16)
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
}

test('keccak256 is viem’s, at every length around its blocks of 136 bytes', () => {
  for (const length of [0, 1, 31, 32, 135, 136, 137, 271, 272, 273, 5000]) {
    const value = new Uint8Array(length).map((_, index) => index * 7)
    expect(bytesToHex(keccak256(value))).toBe(keccakOfViem(value))
    expect(`0x${keccakDigits(Buffer.from(value).toString('hex'))}`).toBe(keccakOfViem(value))
  }
})

test.each([0, 1, 2, 3, 16, 17, 127, 128, 129, 130, 255, 256, 257, 300])(
  'the root of %i values is that of @ethereumjs/mpt',
  async (count) => {
    const values = Array.from(
      { length: count },
      (_, index): Hex => `0x${'ab'.repeat(1 + ((index * 37) % 90))}`,
    )
    expect(trieRoot(values.map(digitsOf))).toBe(await referenceRoot(values))
  },
)

test('so is the root of any list, of values so short that nodes stand in their parents, and of long ones', async () => {
  const value = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 4 }),
    fc.uint8Array({ minLength: 1, maxLength: 200 }),
  )
  const list = fc.array(
    value.map((each) => bytesToHex(each)),
    { maxLength: 140 },
  )
  await fc.assert(
    fc.asyncProperty(list, async (values) => {
      expect(trieRoot(values.map(digitsOf))).toBe(await referenceRoot(values))
    }),
    { numRuns: 60 },
  )
})

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const word = (value: bigint): Hex => numberToHex(value, { size: 32 })
const join = (r: Hex, s: Hex) => Buffer.from(digitsOf(r) + digitsOf(s), 'hex')

test.runIf(process.platform === 'linux' && process.arch === 'x64')('libsecp256k1 comes compiled', () => {
  expect(recoverNatively).toBeDefined()
})

test.runIf(recoverNatively)(
  'libsecp256k1 finds the keys that noble finds and refuses what noble refuses',
  () => {
    const digests = fc.uint8Array({ minLength: 32, maxLength: 32 })
    const wild = fc.tuple(digests, fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.nat(1))
    const outcome = (recover: typeof recoverInScript, ...input: Parameters<typeof recoverInScript>) => {
      try {
        return bytesToHex(recover(...input))
      } catch {
        return null
      }
    }
    const agree = (digest: Uint8Array, signature: Uint8Array, recovery: number) =>
      expect(outcome(recoverNatively!, signature, recovery, digest)).toBe(
        outcome(recoverInScript, signature, recovery, digest),
      )
    fc.assert(
      fc.property(wild, ([digest, signature, recovery]) => void agree(digest, signature, recovery)),
      {
        numRuns: 60,
      },
    )
    const digest = Buffer.alloc(32, 9)
    for (const r of [0n, 1n, order - 1n, order, 2n ** 256n - 1n])
      for (const s of [0n, 1n, order - 1n, order])
        for (const parity of [0, 1]) agree(digest, join(word(r), word(s)), parity)
  },
  60_000,
)

test('who signed is found, also behind the greater s, which is told apart', async () => {
  const keys = fc.bigInt({ min: 1n, max: order - 1n }).map(word)
  const hashes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((value) => bytesToHex(value))
  await fc.assert(
    fc.asyncProperty(keys, hashes, async (privateKey, hash) => {
      const { r, s, yParity } = await sign({ hash, privateKey })
      const signer = privateKeyToAddress(privateKey).toLowerCase()
      const digest = Buffer.from(digitsOf(hash), 'hex')
      expect(signerOf(digest, join(r, s), yParity!)).toBe(signer)
      expect(isLow(digitsOf(s))).toBe(true)
      const high = word(order - BigInt(s))
      expect(signerOf(digest, join(r, high), 1 - yParity!)).toBe(signer)
      expect(isLow(digitsOf(high))).toBe(false)
    }),
    { numRuns: 20 },
  )
  expect(isLow(digitsOf(word(order / 2n)))).toBe(true)
  expect(isLow(digitsOf(word(order / 2n + 1n)))).toBe(false)
  expect(signerOf(Buffer.alloc(32, 1), Buffer.alloc(64), 0)).toBeNull()
}, 60_000)
