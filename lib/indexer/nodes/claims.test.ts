import { expect, test } from 'vitest'
import type { Upstream } from '../../chain/upstreams'
import { claimOf, contestOf, wordsOfContest } from './claims'

const hash = (name: string) => `0x${name}` as const
const ours = new Map([7n, 8n, 9n].map((number) => [number, hash(`aa${number}`)]))
const node = (name: string) => ({ name }) as Upstream
const claim = (name: string, knows: [bigint, string][]) =>
  claimOf(node(name), new Map(knows.map(([number, of]) => [number, hash(of)])), ours)

const agrees = claim('agrees', [[9n, 'aa9']])
const differs = claim('differs', [
  [9n, 'bb9'],
  [8n, 'bb8'],
  [7n, 'aa7'],
])

test('what a node has against ours is the lowest block in which it differs', () => {
  expect(agrees.against).toBeNull()
  expect(differs.against).toEqual({ number: 8n, hash: '0xbb8' })
  expect(claim('ahead', [[12n, 'cc12']]).against).toBeNull()
})

test('nobody who differs, or everybody in the same way, is no contest', () => {
  expect(contestOf([agrees], ours, 0n)).toBeUndefined()
  expect(contestOf([differs, claim('same', [[8n, 'bb8']])], ours, 0n)).toBeUndefined()
})

test('one against another that has ours is a contest, with both hashes and who has them', () => {
  const contest = contestOf([agrees, differs], ours, 0n)!
  expect(contest).toEqual({
    block: 8n,
    hashes: [
      { name: 'agrees', hash: '0xaa8' },
      { name: 'differs', hash: '0xbb8' },
    ],
    isFinal: false,
  })
  expect(wordsOfContest(contest)).toBe('Block 8 is 0xaa8 on agrees and 0xbb8 on differs')
})

test('one that agrees only below, or knows nothing of the height, supports nobody', () => {
  const below = claim('below', [[7n, 'aa7']])
  const silent = claim('silent', [])
  expect(contestOf([below, silent, differs], ours, 0n)).toBeUndefined()
})

test('two that differ from us and from each other are a contest at the first height where they do', () => {
  const other = claim('other', [
    [9n, 'cc9'],
    [8n, 'bb8'],
  ])
  const contest = contestOf([differs, other], ours, 0n)
  expect(contest).toMatchObject({ block: 9n })
  expect(wordsOfContest(contest!)).toBe('Block 9 is 0xbb9 on differs and 0xcc9 on other')
})

test('a contest where ours is final can be no reorganisation', () => {
  expect(contestOf([agrees, differs], ours, 7n)?.isFinal).toBe(false)
  expect(contestOf([agrees, differs], ours, 8n)?.isFinal).toBe(true)
})
