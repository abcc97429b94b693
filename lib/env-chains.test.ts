import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFurtherChains } from './env-chains'
import { openChain } from './indexer/open-chain'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'plimsoll-chains-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

const write = (name: string, content: unknown) => {
  const file = join(directory, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}
const address = (byte: string) => `0x${byte.repeat(20)}`
const deployment = (more: object = {}) => ({
  chainId: 7,
  startBlock: '5',
  instruments: [],
  ...Object.fromEntries(
    ['roles', 'registry', 'policy', 'orders', 'anchor'].map((name, at) => [name, address(`0${at + 1}`)]),
  ),
  ...more,
})
const entry = { deployment: 'bonds.json', rpcUrls: ['http://a.example'] }

test('a chain of the file is opened with its finality, its nodes and the validators that are pinned for it', () => {
  const validators = [
    { fromBlock: '900', addresses: [address('BB'), address('cc')] },
    { fromBlock: 0, addresses: [address('aa')] },
  ]
  write('bonds.json', deployment({ validators }))
  const rpcUrls = ['http://a.example', 'http://b.example/key']
  const file = write('chains.json', [{ ...entry, rpcUrls, finality: 'finalized', consensus: 'qbft' }])
  const chains = readFurtherChains(file, 31337)
  expect(chains).toMatchObject([{ rpcUrls, finality: 'finalized', consensus: 'qbft' }])
  const [chain] = chains
  if (typeof chain !== 'object') throw new Error(chain)
  const { config, source } = openChain(chain)
  expect(config).toMatchObject({ id: 7, finality: 'finalized', startBlock: 5n })
  expect(source.verification).toEqual({
    facts: 'receipts',
    chainId: 7,
    consensus: 'qbft',
    validators: [
      { fromBlock: 0n, addresses: [address('aa')] },
      { fromBlock: 900n, addresses: [address('bb'), address('cc')] },
    ],
  })
})

test('what is not said is final at once and plain', () => {
  write('bonds.json', deployment())
  expect(readFurtherChains(write('chains.json', [entry]), undefined)).toMatchObject([
    { finality: 0, consensus: 'plain' },
  ])
})

test.each([
  ['{', 'not JSON'],
  [{}, 'holds no list'],
  [
    [{ ...entry, deployment: 'nowhere.json' }],
    'chain 1 has a deployment that names a file that cannot be read',
  ],
  [[{ ...entry, deployment: 'wrong.json' }], 'whose validators are no list'],
  [[{ ...entry, rpcUrls: [] }], 'chain 1 needs at least one of rpcUrls'],
  [[{ ...entry, rpcUrls: ['ftp://a'] }], 'has rpcUrls that are not'],
  [[{ ...entry, rpcUrls: ['http://a', 'http://a'] }], 'names a node twice'],
  [[{ ...entry, finality: -1 }], 'has a finality that is neither'],
  [[{ ...entry, consensus: 'clique' }], 'has a consensus that is neither'],
  [[{ ...entry, callsPerSecond: 0 }], 'has callsPerSecond below 1'],
  [[{ ...entry, validators: [] }], 'chain 1'],
  [[entry, entry], 'a chain that is configured twice'],
])('%j is a mistake of one line', (content, line) => {
  write('bonds.json', deployment())
  write('wrong.json', deployment({ validators: [{ fromBlock: 0, addresses: [] }] }))
  const mistakes = readFurtherChains(write('chains.json', content), 31337)
  expect(mistakes).toHaveLength(1)
  expect(mistakes[0]).toContain(line)
})

test('a chain of the file may not be the portal’s own', () => {
  write('bonds.json', deployment())
  const file = write('chains.json', [entry])
  expect(readFurtherChains(file, 7)).toEqual([expect.stringContaining('configured twice')])
})
