/** Arrays of one column's values in PostgreSQL's binary form, which it reads without looking for quotes or digits. */

export type Cell = string | number | bigint | boolean | null

/** `hex` is ASCII of ours; `text` may be a stranger's; `time` is UNIX seconds; `json` travels as text. */
export type Kind = 'hex' | 'text' | 'bigint' | 'int' | 'numeric' | 'bool' | 'time' | 'json'

/** PostgreSQL's name of each kind, and the number of its type. */
export const types: Record<Kind, readonly [name: string, oid: number]> = {
  hex: ['text', 25],
  text: ['text', 25],
  bigint: ['bigint', 20],
  int: ['int', 23],
  numeric: ['numeric', 1700],
  bool: ['boolean', 16],
  time: ['timestamptz', 1184],
  json: ['text', 25],
}

type Writer = { bytes: Buffer; at: number }

const [headerBytes, likelyBytes] = [20, 24]
/** PostgreSQL counts from 2000-01-01. */
const epoch = 946_684_800n

export function binaryArray<Row>(kind: Kind, rows: readonly Row[], read: (row: Row) => Cell): Buffer {
  const to: Writer = { bytes: Buffer.allocUnsafe(headerBytes + rows.length * likelyBytes), at: headerBytes }
  const write = writers[kind]
  let nulls = 0
  for (const row of rows) {
    const value = read(row)
    if (value !== null) write(to, value)
    else {
      reserve(to, 4)
      to.at = to.bytes.writeInt32BE(-1, to.at)
      nulls = 1
    }
  }
  // Dimensions, whether there are nulls, type, length, first index.
  const header = [1, nulls, types[kind][1], rows.length, 1]
  for (const [place, value] of header.entries()) to.bytes.writeInt32BE(value, place * 4)
  return to.bytes.subarray(0, to.at)
}

type Value = Exclude<Cell, null>

const writers: Record<Kind, (to: Writer, value: Value) => void> = {
  hex: (to, value) => writeText(to, value as string, 'latin1'),
  text: (to, value) => writeText(to, clean(String(value)), 'utf8'),
  json: (to, value) => writeText(to, clean(String(value)), 'utf8'),
  numeric: (to, value) => writeNumeric(to, String(value)),
  bigint: (to, value) => writeBigint(to, BigInt(value)),
  time: (to, value) => writeBigint(to, (BigInt(value) - epoch) * 1_000_000n),
  int: (to, value) => {
    start(to, 4)
    to.at = to.bytes.writeInt32BE(Number(value), to.at)
  },
  bool: (to, value) => {
    start(to, 1)
    to.at = to.bytes.writeUInt8(value ? 1 : 0, to.at)
  },
}

function writeBigint(to: Writer, value: bigint): void {
  start(to, 8)
  to.at = to.bytes.writeBigInt64BE(value, to.at)
}

function writeText(to: Writer, text: string, encoding: 'latin1' | 'utf8'): void {
  const length = encoding === 'latin1' ? text.length : Buffer.byteLength(text)
  start(to, length)
  to.at += to.bytes.write(text, to.at, length, encoding)
}

/** Whole numbers: digits to the base of 10,000, the weight of the first of them, the sign, no decimals. */
function writeNumeric(to: Writer, decimal: string): void {
  const negative = decimal.startsWith('-')
  const digits = negative ? decimal.slice(1) : decimal
  const count = Math.ceil(digits.length / 4)
  start(to, 8 + count * 2)
  for (const value of [count, count - 1, negative ? 0x4000 : 0, 0])
    to.at = to.bytes.writeUInt16BE(value, to.at)
  for (let end = digits.length - (count - 1) * 4; end <= digits.length; end += 4) {
    to.at = to.bytes.writeUInt16BE(Number(digits.slice(Math.max(0, end - 4), end)), to.at)
  }
}

function start(to: Writer, length: number): void {
  reserve(to, 4 + length)
  to.at = to.bytes.writeInt32BE(length, to.at)
}

function reserve(to: Writer, length: number): void {
  if (to.at + length <= to.bytes.length) return
  const larger = Buffer.allocUnsafe(Math.max(to.bytes.length * 2, to.at + length))
  to.bytes.copy(larger, 0, 0, to.at)
  to.bytes = larger
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair; contracts may send both in a name. */
const clean = (text: string) => Buffer.from(text).toString().replaceAll('\0', '\uFFFD')
