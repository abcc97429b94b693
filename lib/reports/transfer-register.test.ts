import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { compareRegister } from './compare-register'
import { csvLines, decimalText } from './csv'
import { readRegister } from './read-register'
import { type RegisterHead, type RegisterRow, startRegister } from './transfer-register'

const usd = '0x5fbdb2315678afecb367f032d93f642f64180aa3'
const bond = '0xe7f1725e7734ce288f8367e1bb143e90bb3f0512'
const zero = `0x${'0'.repeat(40)}`
const [ann, bob, cay] = ['a', 'b', 'c'].map((digit) => `0x${digit.repeat(40)}`) as [string, string, string]
const tx = (digit: string) => `0x${digit.repeat(64)}`

const head: RegisterHead = {
  firm: { id: 3, name: '=HYPERLINK("http://x")\r\nBank, "Ltd"', lei: '529900T8BM49AURSDO55' },
  from: new Date('2026-11-01T00:00:00Z'),
  until: new Date('2026-12-01T00:00:00Z'),
  chainId: 31337,
  genesis: tx('1'),
  asOf: { block: 120n, hash: tx('2'), time: new Date('2026-11-22T06:24:58Z') },
  registry: `0x${'9'.repeat(40)}`,
  instruments: [
    { address: usd, symbol: 'USD', decimals: 2 },
    { address: bond, symbol: '=1+1', decimals: 0 },
  ],
  rows: 4,
}

const row = (more: Partial<RegisterRow>): RegisterRow => ({
  time: new Date('2026-11-20T10:00:00Z'),
  block: 100n,
  logIndex: 0,
  transaction: tx('3'),
  instrument: usd,
  from: ann,
  to: bob,
  amount: 123_450n,
  fromFirm: 3,
  toFirm: 4,
  fromCustomer: 'C-10233',
  toCustomer: null,
  ...more,
})

const rows = [
  row({}),
  row({ logIndex: 1, from: bob, to: ann, fromFirm: 4, toFirm: 3, fromCustomer: null, toCustomer: '@C-1' }),
  row({ block: 101n, instrument: bond, amount: 2n ** 256n - 1n, to: cay, toFirm: 3, toCustomer: '+C' }),
  row({ block: 120n, from: zero, to: ann, fromFirm: null, fromCustomer: null, toFirm: 3, amount: 5n }),
]

function build(pages: RegisterRow[][] = [rows]): Buffer {
  const register = startRegister(head)
  for (const page of pages) register.add(page)
  return Buffer.from(register.finish().bytes)
}

describe('a transfer register', () => {
  test('is these bytes', () => {
    expect(build().toString()).toMatchInlineSnapshot(`
      "# title,"Plimsoll transfer register, version 1"
      # firm number,3
      # firm,"'=HYPERLINK(""http://x"")
      Bank, ""Ltd"""
      # LEI,529900T8BM49AURSDO55
      "# from (UTC, inclusive)",2026-11-01T00:00:00.000Z
      "# until (UTC, exclusive)",2026-12-01T00:00:00.000Z
      # filter,Settled transfers that customers of firm 3 sent or received
      # chain id,31337
      # genesis block hash,0x1111111111111111111111111111111111111111111111111111111111111111
      # as at block,120
      # as at block hash,0x2222222222222222222222222222222222222222222222222222222222222222
      # as at block time (UTC),2026-11-22T06:24:58.000Z
      # identity registry,0x9999999999999999999999999999999999999999
      # instrument (address; symbol; decimals),0x5fbdb2315678afecb367f032d93f642f64180aa3,USD,2
      # instrument (address; symbol; decimals),0xe7f1725e7734ce288f8367e1bb143e90bb3f0512,'=1+1,0
      # amounts,amount is in units of the instrument; amount_raw is the exact integer on the chain
      # seal,"first 16 hex digits of SHA-256(seal before, this record without its seal)"
      # columns,16
      # rows,4
      # SHA-256 of the lines above,1c3f242ef2d690a40f6530107178cafac22d4e3a89ca66058f2839ff2451e12f
      time_utc,block,log_index,transaction,instrument,symbol,direction,from,from_firm,from_customer,to,to_firm,to_customer,amount,amount_raw,seal
      2026-11-20T10:00:00.000Z,100,0,0x3333333333333333333333333333333333333333333333333333333333333333,0x5fbdb2315678afecb367f032d93f642f64180aa3,USD,out,0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,3,C-10233,0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,4,,1234.50,123450,ca10cce1948d8125
      2026-11-20T10:00:00.000Z,100,1,0x3333333333333333333333333333333333333333333333333333333333333333,0x5fbdb2315678afecb367f032d93f642f64180aa3,USD,in,0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,4,,0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,3,'@C-1,1234.50,123450,95337ad1b5ea0635
      2026-11-20T10:00:00.000Z,101,0,0x3333333333333333333333333333333333333333333333333333333333333333,0xe7f1725e7734ce288f8367e1bb143e90bb3f0512,'=1+1,within,0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,3,C-10233,0xcccccccccccccccccccccccccccccccccccccccc,3,'+C,115792089237316195423570985008687907853269984665640564039457584007913129639935,115792089237316195423570985008687907853269984665640564039457584007913129639935,a9616361228d1ced
      2026-11-20T10:00:00.000Z,120,0,0x3333333333333333333333333333333333333333333333333333333333333333,0x5fbdb2315678afecb367f032d93f642f64180aa3,USD,in,0x0000000000000000000000000000000000000000,,,0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,3,,0.05,5,09e2f8f62814d931
      # SHA-256 of every byte above,347d31ee02ec7c8bd282fb3b9f3d088e92015e7bd0b8b36a37b6dcfa0a531ad7
      "
    `)
  })

  test('is the same file however its rows were paged', () => {
    expect(build(rows.map((one) => [one])).equals(build())).toBe(true)
  })

  test('carries the digest of every byte before its last line, and reads back without a fault', () => {
    const bytes = build()
    const text = bytes.toString()
    const end = text.lastIndexOf('# SHA-256')
    expect(text.slice(end)).toContain(createHash('sha256').update(text.slice(0, end)).digest('hex'))
    const reading = readRegister(bytes)
    expect(reading.problems).toEqual([])
    expect(reading.rows.map(({ amount }) => amount)).toEqual(rows.map(({ amount }) => amount))
    expect(reading.head).toMatchObject({ firm: 3, chainId: 31337, rows: 4 })
    expect(reading.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  test('runs nothing in a spreadsheet', () => {
    const reading = build().toString()
    for (const cell of ["'@C-1", "'+C", `"'=HYPERLINK`, "'=1+1"]) expect(reading).toContain(cell)
    for (const start of '=+-@') expect(reading).not.toMatch(new RegExp(`(^|,)"?\\${start}`, 'm'))
  })

  test.each([
    ['too few rows', () => build([rows.slice(0, 2)])],
    ['rows out of order', () => build([rows.toReversed()])],
    ['a row after the as-at block', () => build([[row({ block: 121n })]])],
    ['an unknown instrument', () => build([[row({ instrument: ann })]])],
  ])('refuses to be built with %s', (_, build) => {
    expect(build).toThrow(/^Register: /)
  })

  test('every changed byte is found, and one in a row is found on its line', () => {
    const bytes = build()
    const firstRow = bytes.indexOf('2026-11-20')
    const lastLine = bytes.lastIndexOf('# SHA-256')
    const lineOf = (at: number) => bytes.subarray(0, at).toString('latin1').split('\r\n').length
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = changed[at]! ^ 1
      const { problems } = readRegister(changed)
      expect(problems.length, `byte ${at}`).toBeGreaterThan(0)
      if (at < firstRow || at >= lastLine || bytes[at] === 13 || bytes[at] === 10) continue
      expect(
        problems.some(({ line }) => line === lineOf(at)),
        `byte ${at} of line ${lineOf(at)}: ${JSON.stringify(problems)}`,
      ).toBe(true)
    }
  })

  test.each([
    ['a removed row', (lines: string[]) => lines.toSpliced(-3, 1)],
    ['a repeated row', (lines: string[]) => lines.toSpliced(-3, 0, lines.at(-3)!)],
    [
      'two rows swapped',
      (lines: string[]) => [...lines.slice(0, -4), lines.at(-3)!, lines.at(-4)!, ...lines.slice(-2)],
    ],
    ['a cut-off end', (lines: string[]) => lines.slice(0, -2)],
    ['something added', (lines: string[]) => [...lines, 'x']],
  ])('%s is found', (_, change) => {
    const lines = build().toString().split('\r\n')
    expect(readRegister(Buffer.from(change(lines).join('\r\n'))).problems.length).toBeGreaterThan(0)
  })
})

test('compared with the chain: missing, added and different rows are named', () => {
  const file = readRegister(build()).rows
  const chain = file.map(({ line: _, ...rest }) => rest)
  expect(compareRegister(file, chain)).toEqual([])
  expect(compareRegister(file, chain.slice(1))).toMatchObject([
    { line: file[0]!.line, message: /Not on the chain/ },
  ])
  expect(compareRegister(file.slice(0, 3), chain)).toMatchObject([
    { line: null, message: /Missing at the end/ },
  ])
  expect(compareRegister(file.slice(1), chain)).toMatchObject([{ message: /Missing before this line/ }])
  const lied = file.map((one, index) => (index === 2 ? { ...one, amount: 1n } : one))
  expect(compareRegister(lied, chain)).toMatchObject([
    { line: file[2]!.line, message: /^amount is 1, on the chain/ },
  ])
})

test('decimals are exact text, csv of nothing is nothing', () => {
  expect(decimalText(0n, 2)).toBe('0.00')
  expect(decimalText(5n, 18)).toBe('0.000000000000000005')
  expect(decimalText(2n ** 256n - 1n, 0)).toBe((2n ** 256n - 1n).toString())
  expect(csvLines([])).toBe('')
})
