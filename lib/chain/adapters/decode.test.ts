import {
  type Address,
  encodeAbiParameters,
  encodeErrorResult,
  encodeEventTopics,
  type Hex,
  parseAbi,
} from 'viem'
import { expect, test } from 'vitest'
import { decodeForm, readRefusal } from './adapter'
import { adapterOf, adapters, eventsOf } from './all'

const [ann, bob, id] = [1, 2, 3].map((digit) => `0x${String(digit).repeat(40)}`) as [
  Address,
  Address,
  Address,
]
const erc3643 = adapterOf('erc3643')!

const read = (log: { topics: readonly Hex[]; data: Hex }) =>
  decodeForm(eventsOf('erc3643').get(log.topics[0]!) ?? [], log)

test('one event, indexed as the text of ERC-3643 has it and as its implementation does', () => {
  const asText = parseAbi(['event RecoverySuccess(address lost, address found, address id)'])
  const asBuilt = parseAbi([
    'event RecoverySuccess(address indexed lost, address indexed found, address indexed id)',
  ])
  const data = encodeAbiParameters(asText[0].inputs, [ann, bob, id])
  const topics = encodeEventTopics({ abi: asBuilt, args: { lost: ann, found: bob, id } }) as Hex[]
  const expected = [{ what: 'cause', cause: 'recovery', from: ann, to: bob }]
  for (const log of [
    { topics: [topics[0]!], data },
    { topics, data: '0x' as Hex },
  ]) {
    const { name, args } = read(log)!
    expect(erc3643.effectsOf(name, args)).toEqual(expected)
  }
  // One topic too few, or no data: neither form.
  expect(read({ topics: topics.slice(0, 3), data: '0x' })).toBeUndefined()
  expect(read({ topics: [topics[0]!], data: '0x' })).toBeUndefined()
})

test.each([
  [
    'error Error(string text)',
    ['wallet is frozen'],
    'wallet is frozen: the sender or the receiver is frozen',
  ],
  ['error Error(string text)', ['Something of its own'], 'Something of its own'],
  ['error FrozenWallet()', [], 'FrozenWallet: the sender or the receiver is frozen'],
  ['error FrozenWallet(address user)', [ann], `FrozenWallet: the sender or the receiver is frozen (${ann})`],
  ['error ComplianceNotFollowed()', [], 'ComplianceNotFollowed: a compliance rule refuses'],
  ['error NobodyKnowsThis(uint256 why)', [1n], undefined],
] as const)('refused with %s of %s', (text, args, words) => {
  const abi = parseAbi([text] as readonly string[]) as never
  const data = encodeErrorResult({ abi, args } as never)
  expect(readRefusal(erc3643, data)).toBe(words)
})

test('no adapter has two forms that one log could be', () => {
  for (const { standard } of adapters) {
    for (const forms of eventsOf(standard).values()) {
      const counts = forms.map(({ inputs }) => inputs.filter(({ indexed }) => indexed).length)
      expect(new Set(counts).size, `${standard} ${forms[0]!.name}`).toBe(counts.length)
    }
  }
})
