import { createHash } from 'node:crypto'
import { type CsvErrorCode, parse } from 'csv-parse/sync'
import { decimalText } from './csv'
import { columns, direction, nextSeal, preamble } from './transfer-register'

export type Problem = { line: number | null; message: string }

export type ReadHead = {
  firm: number | null
  from: Date
  until: Date
  chainId: number
  genesis: string
  asOf: { block: bigint; hash: string; time: Date }
  registry: string
  instruments: Map<string, { symbol: string; decimals: number }>
  rows: number
}

export type ReadRow = {
  line: number
  time: string
  block: bigint
  logIndex: number
  transaction: string
  instrument: string
  from: string
  to: string
  fromFirm: number | null
  toFirm: number | null
  amount: bigint
}

export type Reading = { sha256: string; head: ReadHead | undefined; rows: ReadRow[]; problems: Problem[] }

type Record = { cells: string[]; raw: string; line: number }

const digest = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/**
 * Reads a register back and says all that is wrong with it, by itself: its own digest, the digest of its head, the
 * seal of each row, order, period, arithmetic. Says nothing of whether the chain agrees: see compare-register.
 */
export function readRegister(bytes: Uint8Array): Reading {
  const reading: Reading = { sha256: digest(bytes), head: undefined, rows: [], problems: [] }
  const say = (line: number | null, message: string) => {
    reading.problems.push({ line, message })
  }
  const buffer = Buffer.from(bytes)
  checkDigest(buffer, say)
  const records = split(buffer, say)
  if (!records) return reading
  const body = records.findIndex(({ cells }) => !cells[0]?.startsWith('# '))
  if (body < 0) {
    say(null, 'The file has no table')
    return reading
  }
  reading.head = readHead(records.slice(0, body), say)
  const header = records[body]!
  if (header.cells.join() !== columns.join()) say(header.line, 'The column names are not those of a register')
  const tail = records.findIndex(({ cells }, index) => index > body && cells[0] === preamble.fileHash)
  const rows = records.slice(body + 1, tail < 0 ? undefined : tail)
  if (tail >= 0 && tail < records.length - 1) say(records[tail]!.line, 'Lines follow the digest')
  let seal = digest(
    records
      .slice(0, body + 1)
      .map(({ raw }) => raw)
      .join(''),
  ).slice(0, 16)
  let sealed = true
  for (const record of rows) {
    const text = record.raw.slice(0, -2)
    seal = nextSeal(seal, text.slice(0, text.lastIndexOf(',')))
    if (sealed && record.cells.at(-1) !== seal) {
      sealed = false // every later seal depends on this one
      say(record.line, 'This row, or one removed before it, is not what was issued: its seal differs')
    }
    const row = readRow(record, reading.head, say)
    const before = reading.rows.at(-1)
    if (row && before && (row.block - before.block || BigInt(row.logIndex - before.logIndex)) <= 0n)
      say(record.line, 'Out of order')
    if (row) reading.rows.push(row)
  }
  if (reading.head && reading.head.rows !== rows.length)
    say(null, `The file has ${rows.length} rows; its head says ${reading.head.rows}`)
  return reading
}

type Say = (line: number | null, message: string) => void

function checkDigest(bytes: Buffer, say: Say): void {
  const start = bytes.lastIndexOf('\r\n', bytes.length - 3) + 2
  const [name, stated] = bytes.subarray(start).toString('latin1').trimEnd().split(',')
  if (name !== preamble.fileHash || !bytes.subarray(-2).equals(Buffer.from('\r\n')))
    say(null, 'The last line is not the digest of the file: it was cut off or added to')
  const found = digest(bytes.subarray(0, start))
  if (name === preamble.fileHash && stated !== found)
    say(null, `The digest differs: the file says ${stated}, its bytes give ${found}`)
}

function split(bytes: Buffer, say: Say): Record[] | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const parsed = parse(text, {
      record_delimiter: '\r\n',
      relax_column_count: true,
      info: true,
    }) as unknown as { record: string[]; info: { bytes: number } }[]
    let line = 1
    let start = 0
    return parsed.map(({ record, info }) => {
      const raw = bytes.subarray(start, info.bytes).toString()
      const here = line
      start = info.bytes
      line += raw.split('\r\n').length - 1
      return { cells: record, raw, line: here }
    })
  } catch (cause) {
    const line = (cause as { lines?: number; code?: CsvErrorCode }).lines
    say(line ?? null, line ? 'Not a line of CSV' : 'Not UTF-8 text')
    return undefined
  }
}

function readHead(records: Record[], say: Say): ReadHead | undefined {
  const cell = (name: string) => records.find(({ cells }) => cells[0] === name)?.cells[1] ?? ''
  const hashed = records.at(-1)
  const above = records.slice(0, -1).map(({ raw }) => raw)
  if (hashed?.cells[0] !== preamble.headHash || hashed.cells[1] !== digest(above.join('')))
    say(hashed?.line ?? 1, 'The head of the file is not what was issued: its digest differs')
  const number = cell(preamble.firmNumber)
  try {
    return {
      firm: number === '' ? null : natural(number),
      from: instant(cell(preamble.from)),
      until: instant(cell(preamble.until)),
      chainId: natural(cell(preamble.chain)),
      genesis: hash(cell(preamble.genesis)),
      asOf: {
        block: BigInt(natural(cell(preamble.asOfBlock))),
        hash: hash(cell(preamble.asOfHash)),
        time: instant(cell(preamble.asOfTime)),
      },
      registry: cell(preamble.registry),
      instruments: new Map(
        records
          .filter(({ cells }) => cells[0] === preamble.instrument)
          .map(({ cells }) => [
            cells[1] ?? '',
            { symbol: plain(cells[2] ?? ''), decimals: natural(cells[3] ?? '') },
          ]),
      ),
      rows: natural(cell(preamble.rows)),
    }
  } catch (cause) {
    say(1, `The head of the file cannot be read: ${(cause as Error).message}`)
    return undefined
  }
}

function readRow({ cells, line }: Record, head: ReadHead | undefined, say: Say): ReadRow | undefined {
  if (cells.length !== columns.length) {
    say(line, `${cells.length} cells, not ${columns.length}`)
    return undefined
  }
  const of = (name: (typeof columns)[number]) => cells[columns.indexOf(name)]!
  try {
    const firmOf = (text: string) => (text === '' ? null : natural(text))
    const row: ReadRow = {
      line,
      time: instant(of('time_utc')).toISOString(),
      block: BigInt(natural(of('block'))),
      logIndex: natural(of('log_index')),
      transaction: hash(of('transaction')),
      instrument: of('instrument'),
      from: of('from'),
      to: of('to'),
      fromFirm: firmOf(of('from_firm')),
      toFirm: firmOf(of('to_firm')),
      amount: whole(of('amount_raw')),
    }
    if (head)
      for (const message of faults(row, of('amount'), of('symbol'), of('direction'), head)) say(line, message)
    return row
  } catch (cause) {
    say(line, (cause as Error).message)
    return undefined
  }
}

/** What a row says that its own file contradicts. */
function* faults(
  row: ReadRow,
  amount: string,
  symbol: string,
  way: string,
  head: ReadHead,
): Generator<string> {
  const instrument = head.instruments.get(row.instrument)
  if (!instrument) yield `Instrument ${row.instrument} is not in the head`
  else {
    if (plain(symbol) !== instrument.symbol) yield `Symbol ${symbol}, the head says ${instrument.symbol}`
    const exact = decimalText(row.amount, instrument.decimals)
    if (amount !== exact) yield `Amount ${amount} is not the exact integer's ${exact}`
  }
  const time = new Date(row.time)
  if (time < head.from || time >= head.until) yield 'Outside the period'
  if (row.block > head.asOf.block) yield 'After the as-at block'
  if (head.firm !== null && row.fromFirm !== head.firm && row.toFirm !== head.firm)
    yield `Does not concern firm ${head.firm}`
  if (way !== direction(head.firm, row)) yield `Direction ${way} does not agree with the firms`
}

/** Undoes the apostrophe that keeps a spreadsheet from running a cell. */
const plain = (cell: string): string =>
  /^'[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? cell.slice(1) : cell

function whole(text: string): bigint {
  if (!/^(0|[1-9]\d{0,77})$/.test(text)) throw new Error(`"${text}" is not a whole number`)
  return BigInt(text)
}

function natural(text: string): number {
  const value = Number(whole(text))
  if (!Number.isSafeInteger(value)) throw new Error(`"${text}" is too large`)
  return value
}

function hash(text: string): string {
  if (!/^0x[0-9a-f]{64}$/.test(text)) throw new Error(`"${text}" is not a hash`)
  return text
}

function instant(text: string): Date {
  const time = new Date(text)
  if (Number.isNaN(time.getTime()) || time.toISOString() !== text)
    throw new Error(`"${text}" is not a UTC time`)
  return time
}
