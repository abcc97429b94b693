import { readFileSync } from 'node:fs'
import {
  type AbiFunction,
  decodeFunctionData,
  encodeFunctionData,
  type Hex,
  keccak256,
  parseAbiItem,
  toFunctionSelector,
} from 'viem'
import { describe, expect, it } from 'vitest'
import { sampleActions, samplePeople } from '@/test/sample-orders'
import {
  callDescriptor,
  clearSigningFiles,
  type Descriptor,
  type Field,
  typedDataDescriptor,
} from './clear-signing'
import { ordersAbi } from './generated/orders'
import {
  type ChainOrder,
  encodeArguments,
  kindNumber,
  type OrderAction,
  orderTypedData,
  reasonWord,
} from './orders'

const contract = '0x5fbdb2315678afecb367f032d93f642f64180aa3'
const [target, proposer] = [samplePeople[2], samplePeople[1]]

const orderOf = (action: OrderAction): ChainOrder => ({
  kind: kindNumber(action.kind),
  target,
  arguments: encodeArguments(action),
  reason: reasonWord('R-14'),
  legalRef: keccak256('0x1e'),
  proposer,
  nonce: 77n,
  deadline: 1_795_370_400n,
})

/** What a wallet that follows ERC-7730 would show: label and text, in order. Knows no more of us than the descriptor. */
function show(descriptor: Descriptor, fields: Field[], data: Record<string, unknown>): [string, string][] {
  const at = (path: string) =>
    path.split('.').reduce<unknown>((value, name) => {
      if (typeof value !== 'object' || value === null || !(name in value)) throw new Error(`No ${path}`)
      return (value as Record<string, unknown>)[name]
    }, data)
  const seen = fields.filter(({ path, visible }) => !visible?.ifNotIn.includes(String(at(path))))
  return seen.map(({ path, label, format, params }) => {
    const value = at(path)
    const text = String(value)
    if (format === 'date') return [label, new Date(Number(value) * 1000).toISOString()]
    if (format === 'tokenAmount') return [label, `${text} of ${at(String(params!.tokenPath))}`]
    if (format !== 'enum') return [label, text.startsWith('0x') ? text.toLowerCase() : text]
    const words = descriptor.metadata.enums[String(params!.$ref).replace('$.metadata.enums.', '')]
    if (!words) throw new Error(`No enum ${params!.$ref}`)
    return [label, words[text] ?? `unknown ${text}`]
  })
}

describe('the descriptors of what officers sign', () => {
  it.each(Object.entries(clearSigningFiles()))('are committed as generated: %s', (name, descriptor) => {
    const kept = JSON.parse(readFileSync(`contracts/clear-signing/${name}`, 'utf8'))
    expect(kept, 'run npm run clear-signing').toEqual(descriptor)
  })

  it('bind to one deployment, and without one to none', () => {
    const deployments = [{ chainId: 31337, address: contract }] as const
    expect(callDescriptor([...deployments]).context).toMatchObject({ contract: { deployments } })
    expect(typedDataDescriptor([...deployments]).context).toMatchObject({
      eip712: { domain: { name: 'Plimsoll Orders', version: '1' }, deployments },
    })
    expect(callDescriptor([]).context).toMatchObject({ contract: { deployments: [] } })
  })

  it('use only keys, formats and parameters that the schema knows', () => {
    for (const { display, metadata } of Object.values(clearSigningFiles())) {
      for (const [key, format] of Object.entries(display.formats)) {
        expect(key).toMatch(/^[A-Za-z_][A-Za-z0-9_:]*\(.*\)$/)
        expect(Object.keys(format)).toEqual(['intent', 'fields'])
        for (const field of format.fields) {
          expect(['raw', 'addressName', 'date', 'enum', 'tokenAmount']).toContain(field.format)
          const allowed = {
            raw: [],
            addressName: ['types'],
            date: ['encoding'],
            enum: ['$ref'],
            tokenAmount: ['tokenPath'],
          }
          expect(Object.keys(field.params ?? {})).toEqual(allowed[field.format as keyof typeof allowed])
          if (field.format === 'enum')
            expect(metadata.enums).toHaveProperty(String(field.params!.$ref).slice(17))
        }
      }
    }
  })
})

describe('messages to sign', () => {
  const descriptor = typedDataDescriptor([])

  it.each(sampleActions)('are described whole, under their own type: $kind', (action) => {
    const { types, primaryType, message } = orderTypedData(31337, contract, orderOf(action))
    const text = (name: string) => `${name}(${types[name]!.map((m) => `${m.type} ${m.name}`).join(',')})`
    const format = descriptor.display.formats[text(primaryType) + text(action.kind)]
    expect(format, 'the key is encodeType').toBeDefined()
    const paths = new Set(format!.fields.map(({ path }) => path))
    const members = [
      ...types[primaryType]!.filter(({ name }) => name !== 'action').map(({ name }) => name),
      ...types[action.kind]!.map(({ name }) => `action.${name}`),
    ]
    expect([...paths].sort()).toEqual(members.sort())
    expect(show(descriptor, format!.fields, message).every(([, value]) => !value.startsWith('unknown'))).toBe(
      true,
    )
  })

  it('say what a forced transfer moves, in the token it moves', () => {
    const action = sampleActions.find(({ kind }) => kind === 'ForcedTransfer')!
    const { message } = orderTypedData(31337, contract, orderOf(action))
    const [, format] = Object.entries(descriptor.display.formats).find(([key]) =>
      key.startsWith('ForcedTransferOrder('),
    )!
    expect(format.intent).toBe('Propose: Forced transfer')
    expect(show(descriptor, format.fields, message)).toEqual([
      ['Acts on', target],
      ['From', samplePeople[0]],
      ['To', samplePeople[1]],
      ['Amount', `7 of ${target}`],
      ['Reason code', reasonWord('R-14')],
      ['Hash of the legal reference', keccak256('0x1e')],
      ['Proposer', proposer],
      ['Nonce', '77'],
      ['Deadline', '2026-11-22T18:00:00.000Z'],
    ])
  })

  it('show when a freeze ends, or that nothing ends it', () => {
    const ends = (expiresAt: bigint) => {
      const action: OrderAction = { kind: 'Freeze', account: samplePeople[0], reviewBy: 0n, expiresAt }
      const { message } = orderTypedData(31337, contract, orderOf(action))
      const [, format] = Object.entries(descriptor.display.formats).find(([key]) =>
        key.startsWith('FreezeOrder('),
      )!
      return show(descriptor, format.fields, message).filter(([label]) => label.startsWith('Ends'))
    }
    const label = 'Ends, in seconds; 18446744073709551615 is until lifted'
    expect(ends(86_400n)).toEqual([
      ['Ends', '1970-01-02T00:00:00.000Z'],
      [label, '86400'],
    ])
    expect(ends(2n ** 64n - 1n)).toEqual([[label, String(2n ** 64n - 1n)]])
  })

  it('say roles and statuses in words', () => {
    const words = (kind: OrderAction['kind']) => {
      const action = sampleActions.find((each) => each.kind === kind)!
      const { message } = orderTypedData(31337, contract, orderOf(action))
      const [, format] = Object.entries(descriptor.display.formats).find(([key]) =>
        key.startsWith(`${kind}Order(`),
      )!
      return Object.fromEntries(show(descriptor, format.fields, message))
    }
    expect(words('SetRoles').Roles).toBe('officer, approver')
    expect(words('DecideKyc').Status).toBe('Verified')
    expect(words('SetLimit')).toMatchObject({ Scope: 'Firm', Window: '24 hours' })
    expect(words('SetSignatures')['Kind of order']).toBe('Freeze')
  })
})

describe('calls to send', () => {
  const descriptor = callDescriptor([])
  const formats = Object.entries(descriptor.display.formats).map(([key, format]) => {
    const item = parseAbiItem(`function ${key}`) as AbiFunction
    return { item, format, selector: toFunctionSelector(item) }
  })

  it('are all that the contract lets an officer do', () => {
    const acts = ordersAbi.filter((item) => item.type === 'function' && item.stateMutability === 'nonpayable')
    expect(formats.map(({ selector }) => selector).sort()).toEqual(
      acts.map((item) => toFunctionSelector(item as AbiFunction)).sort(),
    )
  })

  it.each(golden())('golden calldata: %s', (name, data, expected) => {
    const { item, format } = formats.find(({ selector }) => data.startsWith(selector))!
    expect(item.name).toBe(name)
    const { args } = decodeFunctionData({ abi: [item], data })
    const named = Object.fromEntries(item.inputs.map((input, at) => [input.name, args![at]]))
    expect([format.intent, ...show(descriptor, format.fields, named)]).toEqual(expected)
  })

  it('golden calldata is still what we send', () => {
    const order = orderOf({ kind: 'Freeze', account: samplePeople[0], reviewBy: 1n, expiresAt: 2n })
    const [execute, cancel, reject] = golden().map(([, data]) => data)
    const signature = '0xabcd'
    const args = [order, signature] as const
    expect(encodeFunctionData({ abi: ordersAbi, functionName: 'execute', args })).toBe(execute)
    expect(encodeFunctionData({ abi: ordersAbi, functionName: 'cancel', args: [order] })).toBe(cancel)
    const why = reasonWord('R-90')
    expect(
      encodeFunctionData({ abi: ordersAbi, functionName: 'reject', args: [order, signature, why] }),
    ).toBe(reject)
  })
})

/** Written down once, word by word, without an ABI encoder. */
function golden(): [name: string, data: Hex, expected: unknown[]][] {
  const word = (text: string) => text.padStart(64, '0')
  const account = samplePeople[0].slice(2)
  const order = [
    word('04'),
    word(target.slice(2)),
    word('100'),
    '522d3134'.padEnd(64, '0'),
    keccak256('0x1e').slice(2),
    word(proposer.slice(2)),
    word('4d'),
    word('6b032da0'),
    word('60'),
    word(account),
    word('1'),
    word('2'),
  ].join('')
  const signature = word('2') + 'abcd'.padEnd(64, '0')
  const shown = [
    ['Kind of order', 'Freeze'],
    ['Acts on', target],
    ['Arguments, as the proposal shows them', `0x${word(account)}${word('1')}${word('2')}`],
    ['Reason code', reasonWord('R-14')],
    ['Hash of the legal reference', keccak256('0x1e')],
    ['Proposer', proposer],
    ['Nonce', '77'],
    ['Deadline', '2026-11-22T18:00:00.000Z'],
  ]
  return [
    [
      'execute',
      `0x63754ffd${word('40')}${word('1c0')}${order}${signature}`,
      ['Carry out an order', ...shown],
    ],
    ['cancel', `0x89edd830${word('20')}${order}`, ['Take an order back', ...shown]],
    [
      'reject',
      `0xd41c306a${word('60')}${word('1e0')}${'522d3930'.padEnd(64, '0')}${order}${signature}`,
      ['Reject an order', ...shown, ['Reason for rejecting', reasonWord('R-90')]],
    ],
  ]
}
