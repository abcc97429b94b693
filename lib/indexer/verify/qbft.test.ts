import { fromRlp, type Hex, toRlp } from 'viem'
import { beforeAll, expect, test } from 'vitest'
import {
  makeQbftBlock,
  makeQbftChain,
  type QbftBlock,
  type Validator,
  validatorOf,
} from '../../../test/qbft-chain'
import { Fault } from '../../errors/fault'
import { decodeHeader } from '../decode/answers'
import { verifyHeader, verifySuccession } from './block'
import { quorumOf } from './qbft'

// Headers of real layout with real seals, made in test/qbft-chain.ts and not recorded from a client.

const qbft = { consensus: 'qbft' } as const
const validators = ['a', 'b', 'c', 'd'].map(validatorOf)
const [a, b, c, d] = validators as [Validator, Validator, Validator, Validator]
const stranger = validatorOf('stranger')
let genesis: QbftBlock

beforeAll(async () => {
  genesis = await makeQbftBlock(null, { validators })
})

const next = (making: Partial<Parameters<typeof makeQbftBlock>[1]> = {}) =>
  makeQbftBlock(genesis, { validators, ...making })
const check = (block: QbftBlock) => verifyHeader(decodeHeader(block), qbft)
const codeOf = (work: () => unknown): string | undefined => {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

/** The same header with other parts in its extraData. */
type Part = Hex | readonly Part[]
const put = (at: number, part: Part) => (parts: Part[]) => {
  parts[at] = part
}
const withExtra = (block: QbftBlock, change: (parts: Part[]) => void): QbftBlock => {
  const parts = [...(fromRlp(block.extraData, 'hex') as Part[])]
  change(parts)
  return { ...block, extraData: toRlp(parts as never) }
}
const withSeals = (block: QbftBlock, change: (seals: Hex[]) => Part[]) =>
  withExtra(block, (parts) => {
    parts[4] = change([...(parts[4] as Hex[])])
  })

test('a quorum is two thirds, rounded up', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 10].map(quorumOf)).toEqual([1, 2, 2, 3, 4, 4, 5, 7])
})

test.each([0, 1, 127, 128, 0xfedcba])('a header that all sealed in round %i is right', async (round) => {
  expect(codeOf(() => check(genesis))).toBeUndefined()
  const block = await next({ round })
  expect(codeOf(() => check(block))).toBeUndefined()
})

test('a quorum is enough, with any vote', async () => {
  for (const vote of [undefined, [stranger.address, true], [d.address, false]] as const) {
    const block = await next({ sealers: [a, c, d], vote })
    expect(codeOf(() => check(block))).toBeUndefined()
  }
})

test.each<[string, string, Validator[]]>([
  ['one less than a quorum', 'seal-quorum', [a, b]],
  ['nobody', 'seal-quorum', []],
  ['one twice', 'seal-duplicate', [a, b, b]],
  ['one twice beside a quorum', 'seal-duplicate', [a, b, c, a]],
  ['a stranger in the place of a validator', 'seal-outsider', [a, b, stranger]],
  ['a stranger beside a quorum', 'seal-outsider', [a, b, c, d, stranger]],
])('sealed by %s: %s', async (_what, code, sealers) => {
  const block = await next({ sealers })
  expect(codeOf(() => check(block))).toBe(code)
})

test('one flipped bit of a seal, whichever, is noticed', async () => {
  const block = await next({ sealers: [a, b, c], round: 2 })
  const codes = new Set<string | undefined>()
  for (let bit = 0; bit < 65 * 8; bit += 3) {
    const flipped = withSeals(block, ([first, ...others]) => {
      const bytes = Buffer.from(first!.slice(2), 'hex')
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      return [`0x${bytes.toString('hex')}`, ...others]
    })
    codes.add(codeOf(() => check(flipped)))
  }
  expect(codes).toEqual(new Set(['seal-outsider', 'seal-invalid']))
})

test('seals hold for their own round and their own header', async () => {
  const block = await next({ round: 1 })
  const other = withExtra(block, (parts) => {
    parts[3] = '0x02'
  })
  expect(other.hash).toBe(block.hash)
  expect(codeOf(() => check(other))).toBe('seal-outsider')
  const foreign = fromRlp((await makeQbftBlock(block, { validators })).extraData, 'hex') as Part[]
  expect(codeOf(() => check(withSeals(block, () => foreign[4] as Part[])))).toBe('seal-outsider')
})

test('whatever else is changed changes the hash', async () => {
  const block = await next({ vote: [stranger.address, true] })
  for (const change of [
    put(0, `0x${'11'.repeat(32)}`),
    put(
      1,
      [a, b, c].map(({ address }) => address),
    ),
    put(2, [d.address, '0xff']),
    put(2, [stranger.address, '0x']),
    put(2, []),
  ]) {
    expect(codeOf(() => check(withExtra(block, change)))).toBe('header-hash')
  }
  expect(codeOf(() => check({ ...block, stateRoot: `0x${'11'.repeat(32)}` }))).toBe('header-hash')
})

test('a seal above the quorum can be left out unseen: seals are in no hash', async () => {
  const block = await next()
  expect(codeOf(() => check(withSeals(block, (seals) => seals.slice(1))))).toBeUndefined()
})

test.each<[string, (parts: Part[]) => void]>([
  ['a vanity of another length', put(0, '0x00')],
  ['a validator of another length', put(1, ['0x00'])],
  ['a string in the place of a list', put(1, '0x00')],
  ['a vote of another form', put(2, [d.address, '0x01'])],
  ['a round with leading zeros', put(3, '0x0001')],
  ['a seal of 64 bytes', put(4, [`0x${'11'.repeat(64)}`])],
  ['a sixth part', (parts) => void parts.push('0x')],
  ['a part missing', (parts) => void parts.pop()],
])('extraData with %s is refused', async (_what, change) => {
  const block = await next()
  expect(codeOf(() => check(withExtra(block, change)))).toBe('extra-data')
})

test('neither rule takes the other’s headers', async () => {
  const block = await next()
  expect(codeOf(() => verifyHeader(decodeHeader(block), { consensus: 'plain' }))).toBe('header-hash')
  expect(codeOf(() => check({ ...block, extraData: '0x68697665636861696e' }))).toBe('extra-data')
})

type Making = Parameters<typeof makeQbftBlock>[1]
const succeed = async (
  parent: Making,
  making: Making,
  pinned?: { fromBlock: bigint; addresses: Hex[] }[],
) => {
  const [, before, after] = (await makeQbftChain([{ validators }, parent, making])) as [
    QbftBlock,
    QbftBlock,
    QbftBlock,
  ]
  const verification = { ...qbft, ...(pinned && { validators: pinned }) }
  const [first, second] = [decodeHeader(before), decodeHeader(after)]
  for (const header of [first, second]) verifyHeader(header, verification)
  return verifySuccession(first, second, verification)
}

test('validators stay, or one comes or goes whom the parent’s vote names', async () => {
  const more = [...validators, stranger]
  expect(await succeed({ validators }, { validators })).toBeNull()
  expect(await succeed({ validators }, { validators: [...validators].reverse() })).toBeNull()
  const came = { block: 2n, added: [stranger.address], removed: [] }
  expect(await succeed({ validators, vote: [stranger.address, true] }, { validators: more })).toEqual(came)
  const went = { block: 2n, added: [], removed: [d.address] }
  expect(await succeed({ validators, vote: [d.address, false] }, { validators: [a, b, c] })).toEqual(went)
})

test.each<[string, Making, Making]>([
  ['no vote', { validators }, { validators: [...validators, stranger] }],
  [
    'a vote for another',
    { validators, vote: [validatorOf('x').address, true] },
    { validators: [...validators, stranger] },
  ],
  [
    'a vote against',
    { validators, vote: [stranger.address, false] },
    { validators: [...validators, stranger] },
  ],
  ['a vote for who goes', { validators, vote: [d.address, true] }, { validators: [a, b, c] }],
  ['one vote for two', { validators, vote: [d.address, false] }, { validators: [a, b] }],
  [
    'a vote for one of a whole new set',
    { validators, vote: [stranger.address, true] },
    { validators: [stranger] },
  ],
])('validators that change by %s are refused', async (_what, parent, making) => {
  await expect(succeed(parent, making)).rejects.toMatchObject({ code: 'validators-changed' })
})

test('a change without a vote is taken once it is pinned, and only that one', async () => {
  const addresses = [a.address, b.address, stranger.address]
  const making = { validators: [a, b, stranger] }
  const change = await succeed({ validators }, making, [{ fromBlock: 2n, addresses }])
  expect(change).toMatchObject({ added: [stranger.address], removed: [c.address, d.address] })
  const others = [{ fromBlock: 2n, addresses: [a.address, b.address, c.address] }]
  await expect(succeed({ validators }, making, others)).rejects.toMatchObject({ code: 'validators-changed' })
})

test('where a contract names the validators they are those that are pinned', async () => {
  const addresses = validators.map(({ address }) => address)
  const unnamed = { validators, unnamed: true }
  const [, block] = (await makeQbftChain([unnamed, unnamed])) as [QbftBlock, QbftBlock]
  const header = decodeHeader(block)
  expect(codeOf(() => verifyHeader(header, qbft))).toBe('validators-unknown')
  const pinned = { ...qbft, validators: [{ fromBlock: 0n, addresses }] }
  expect(codeOf(() => verifyHeader(header, pinned))).toBeUndefined()
  const fewer = { ...qbft, validators: [{ fromBlock: 0n, addresses: addresses.slice(1) }] }
  expect(codeOf(() => verifyHeader(header, fewer))).toBe('seal-outsider')
})
