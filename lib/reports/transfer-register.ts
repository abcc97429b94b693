import { createHash } from 'node:crypto'
import { csvLines, decimalText } from './csv'

/** What a register says of itself. Equal heads and equal rows make equal files, whoever asks and whenever. */
export type RegisterHead = {
  /** Null: all firms. */
  firm: { id: number; name: string; lei: string } | null
  /** UTC, inclusive. */
  from: Date
  /** UTC, exclusive. */
  until: Date
  chainId: number
  genesis: string
  /** Rows after this block are not in the file, whatever the period says. It is final. */
  asOf: { block: bigint; hash: string; time: Date }
  registry: string
  instruments: readonly { address: string; symbol: string; decimals: number }[]
  rows: number
}

/** One settled movement; zero address on one side for an issue or a redemption. */
export type RegisterRow = {
  time: Date
  block: bigint
  logIndex: number
  transaction: string
  instrument: string
  from: string
  to: string
  amount: bigint
  fromFirm: number | null
  toFirm: number | null
  /** Our reference of the customer; null where the file's reader may not see it or there is none. */
  fromCustomer: string | null
  toCustomer: string | null
}

export const columns = [
  'time_utc',
  'block',
  'log_index',
  'transaction',
  'instrument',
  'symbol',
  'direction',
  'from',
  'from_firm',
  'from_customer',
  'to',
  'to_firm',
  'to_customer',
  'amount',
  'amount_raw',
  'seal',
] as const

export const preamble = {
  title: '# title',
  firmNumber: '# firm number',
  firm: '# firm',
  lei: '# LEI',
  from: '# from (UTC, inclusive)',
  until: '# until (UTC, exclusive)',
  filter: '# filter',
  chain: '# chain id',
  genesis: '# genesis block hash',
  asOfBlock: '# as at block',
  asOfHash: '# as at block hash',
  asOfTime: '# as at block time (UTC)',
  registry: '# identity registry',
  instrument: '# instrument (address; symbol; decimals)',
  amounts: '# amounts',
  seal: '# seal',
  columns: '# columns',
  rows: '# rows',
  headHash: '# SHA-256 of the lines above',
  fileHash: '# SHA-256 of every byte above',
} as const

const title = 'Plimsoll transfer register, version 1'
const sha256 = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** Sixteen hex digits that depend on every line before: the first wrong one tells where a file was changed. */
export const nextSeal = (seal: string, record: string): string => sha256(seal, record).slice(0, 16)

/** Of two ends, which side is the firm: "in", "out", or "within" when both are. */
export function direction(firm: number | null, row: Pick<RegisterRow, 'fromFirm' | 'toFirm'>): string {
  if (firm === null) return row.fromFirm !== null && row.fromFirm === row.toFirm ? 'within' : 'between'
  if (row.fromFirm === firm) return row.toFirm === firm ? 'within' : 'out'
  return 'in'
}

const filterText = (firm: RegisterHead['firm']): string =>
  firm === null
    ? 'Every settled transfer of the instruments below'
    : `Settled transfers that customers of firm ${firm.id} sent or received`

function headText(head: RegisterHead): string {
  const text = csvLines([
    [preamble.title, title],
    ...(head.firm === null
      ? [[preamble.firm, 'all']]
      : [
          [preamble.firmNumber, String(head.firm.id)],
          [preamble.firm, head.firm.name],
          [preamble.lei, head.firm.lei],
        ]),
    [preamble.from, head.from.toISOString()],
    [preamble.until, head.until.toISOString()],
    [preamble.filter, filterText(head.firm)],
    [preamble.chain, String(head.chainId)],
    [preamble.genesis, head.genesis],
    [preamble.asOfBlock, head.asOf.block.toString()],
    [preamble.asOfHash, head.asOf.hash],
    [preamble.asOfTime, head.asOf.time.toISOString()],
    [preamble.registry, head.registry],
    ...head.instruments.map((one) => [preamble.instrument, one.address, one.symbol, String(one.decimals)]),
    [preamble.amounts, 'amount is in units of the instrument; amount_raw is the exact integer on the chain'],
    [preamble.seal, 'first 16 hex digits of SHA-256(seal before, this record without its seal)'],
    [preamble.columns, String(columns.length)],
    [preamble.rows, String(head.rows)],
  ])
  return text + csvLines([[preamble.headHash, sha256(text)]])
}

export type RegisterFile = { bytes: Uint8Array; sha256: string }

/**
 * Builds the file page by page, so that a long register needs no second copy of its rows. Rows are given in order of
 * block and log index and must be as many as the head says; anything else is our mistake and throws.
 */
export function startRegister(head: RegisterHead): {
  add(rows: readonly RegisterRow[]): void
  finish(): RegisterFile
} {
  const instruments = new Map(head.instruments.map((one) => [one.address, one]))
  const first = headText(head) + csvLines([columns])
  const parts: Buffer[] = [Buffer.from(first)]
  const whole = createHash('sha256').update(first)
  let seal = sha256(first).slice(0, 16)
  let rows = 0
  let last: RegisterRow | undefined

  const record = (row: RegisterRow): string => {
    const instrument = instruments.get(row.instrument)
    if (!instrument) throw new Error(`Register: instrument ${row.instrument} is not in the head`)
    if (last && (row.block < last.block || (row.block === last.block && row.logIndex <= last.logIndex)))
      throw new Error(`Register: row ${row.block}/${row.logIndex} is out of order`)
    if (row.block > head.asOf.block)
      throw new Error(`Register: row of block ${row.block} is after the as-at block`)
    last = row
    const cells = [
      row.time.toISOString(),
      row.block.toString(),
      String(row.logIndex),
      row.transaction,
      row.instrument,
      instrument.symbol,
      direction(head.firm?.id ?? null, row),
      row.from,
      row.fromFirm === null ? '' : String(row.fromFirm),
      row.fromCustomer ?? '',
      row.to,
      row.toFirm === null ? '' : String(row.toFirm),
      row.toCustomer ?? '',
      decimalText(row.amount, instrument.decimals),
      row.amount.toString(),
    ]
    const text = csvLines([cells]).slice(0, -2)
    seal = nextSeal(seal, text)
    return `${text},${seal}\r\n`
  }

  return {
    add(page) {
      const text = Buffer.from(page.map(record).join(''))
      whole.update(text)
      parts.push(text)
      rows += page.length
    },
    finish() {
      if (rows !== head.rows) throw new Error(`Register: ${rows} rows, the head says ${head.rows}`)
      parts.push(Buffer.from(csvLines([[preamble.fileHash, whole.digest('hex')]])))
      const bytes = Buffer.concat(parts)
      return { bytes, sha256: sha256(bytes) }
    },
  }
}
