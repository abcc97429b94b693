import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { mintOfficer, type Officer } from '@/lib/auth/officer'
import type { Role } from '@/lib/auth/permissions'
import { countedHours } from '@/lib/compliance/limits'
import { countHoldings } from '@/lib/db/ledger/holding'
import { deriveUse } from '@/lib/db/ledger/limit-use'

/**
 * Rows for tests, written past row-level security: two firms with customers, limits, flow and transfers as the
 * indexer would have written them. Times count from `worldTime`, the time of the last block.
 */
export const chainId = 31337
export const worldTime = new Date('2026-11-22T06:24:58.000Z')
export const head = 120n

export const hashOf = (number: number | bigint): `0x${string}` => `0x${number.toString(16).padStart(64, '0')}`
export const addressOf = (number: number): `0x${string}` => `0x${number.toString(16).padStart(40, '0')}`
export const zero = addressOf(0)

export const usd = addressOf(0xa1)
export const bond = addressOf(0xa2)

/** A row by the names of its columns; whatever the table demands and a test does not care for has a default. */
type Row = Record<string, unknown>

const defaults: Record<string, Row> = {
  firm: { block_number: 1n },
  identity: {
    country: 826,
    status: 2,
    tier: 1,
    expiry: ago(-400 * 24),
    evidence: hashOf(7),
    block_number: 2n,
  },
  account: { block_number: 2n },
  customer: {},
  instrument: { standard: 'plimsoll', start_block: 1n, total_supply: '0' },
  transfer: { tx_index: 0, log_index: 0, instrument: usd, amount: '100' },
  refused_transfer: { tx_index: 0, instrument: usd, amount: '100', reason: '' },
  balance: { instrument: usd, block_number: 3n },
  freeze: { log_index: 0, instrument: usd, frozen: true },
  policy_limit: { block_number: 1n, time: worldTime },
  limit_change: { log_index: 0, time: worldTime, before: '0', order_id: hashOf(0) },
  flow: { scope: 2 },
  rate: { log_index: 0, order_id: hashOf(0) },
  kyc_decision: { log_index: 0, status: 2, tier: 1, evidence: hashOf(7), order_id: hashOf(0) },
  order_outcome: {
    log_index: 0,
    outcome: 'executed',
    kind: 1,
    target: addressOf(0xf1),
    arguments: '0x',
    proposer: addressOf(0xe1),
  },
  report: { kind: 'transfer-register', state: 'waiting' },
  reconciliation: { checked: 10, mismatches: '[]' },
  node: { seen_at: worldTime },
}

/** Hours before the last block; negative for after it. */
export function ago(hours: number): Date {
  return new Date(worldTime.getTime() - hours * 3_600_000)
}

/** The UNIX hour so many hours before the last block. */
export const hourAgo = (hours: number): bigint =>
  BigInt(Math.floor(worldTime.getTime() / 3_600_000)) - BigInt(hours)

export type Factory = Awaited<ReturnType<typeof openFactory>>

export async function openFactory(superUrl: string) {
  const client = new pg.Client({ connectionString: superUrl })
  await client.connect()
  const insert = async (table: string, ...rows: Row[]): Promise<void> => {
    for (const row of rows) {
      const whole: Row = { ...(table === 'person' ? {} : { chain_id: chainId }), ...defaults[table], ...row }
      const columns = Object.keys(whole).map((column) => `"${column}"`)
      const places = columns.map((_, index) => `$${index + 1}`)
      await client.query(
        `insert into "${table}" (${columns.join()}) values (${places.join()})`,
        Object.values(whole).map((value) => (typeof value === 'bigint' ? value.toString() : value)),
      )
    }
  }
  return {
    insert,
    query: (text: string, values: unknown[] = []) => client.query(text, values),
    /** What the indexer sums up with the rows that it writes; after flow, limits or balances were inserted. */
    sumUp: async () => {
      const { rows: cursors } = await client.query('select chain_id, time from cursor')
      for (const { chain_id: chain, time } of cursors) {
        await deriveUse(client, chain, countedHours(BigInt(time.getTime()) / 1_000n), 'all')
        await client.query('delete from holding where chain_id = $1', [chain])
        const held = 'select instrument, account from balance where chain_id = $1'
        await countHoldings(client, chain, (await client.query(held, [chain])).rows, 1)
      }
    },
    close: () => client.end(),
  }
}

/**
 * Blocks 0 to 120, one an hour, the last at `worldTime`; final up to 117. Two instruments, worth 1 and 10 USD.
 * Northgate (1) and Harbour (2) with customers; what each test needs beyond it inserts itself.
 */
export async function insertWorld(factory: Factory): Promise<void> {
  const { insert, query } = factory
  await query('insert into chain (id, genesis_hash, finality, start_block) values ($1, $2, 3, 0)', [
    chainId,
    hashOf(1),
  ])
  await query(
    `insert into block (chain_id, number, hash, parent_hash, time, header)
     select $1, n, '0x' || lpad(to_hex(n + 1), 64, '0'), '0x' || lpad(to_hex(n), 64, '0'),
       $2::timestamptz - make_interval(hours => (120 - n)::int), '{}' from generate_series(0, 120) n`,
    [chainId, worldTime],
  )
  await insert('cursor', { number: head, hash: hashOf(121), time: worldTime, node_head: head })
  await insert(
    'instrument',
    { address: usd, symbol: 'USD', name: 'US dollar', decimals: 2 },
    { address: bond, symbol: 'BOND-31', name: 'Bond 2031', decimals: 0 },
  )
  await insert(
    'rate',
    { block_number: 1n, log_index: 0, instrument: usd, numerator: '1', denominator: '1' },
    { block_number: 1n, log_index: 1, instrument: bond, numerator: '1000', denominator: '1' },
  )
  await insert(
    'firm',
    { id: 1, lei: 'NORTHGATE00000000001', name: 'Northgate Bank' },
    { id: 2, lei: 'HARBOUR0000000000002', name: 'Harbour Payments Ltd' },
  )
  for (const { firm, reference, identity, account, ...more } of people) {
    await insert('identity', { address: identity, firm_id: firm, ...more })
    await insert('account', { address: account, identity, firm_id: firm })
    await insert('customer', { identity, firm_id: firm, reference, name: `Customer ${reference}` })
  }
}

export const people = [
  { firm: 1, reference: 'C-10001', identity: addressOf(0x101), account: addressOf(0x1001) },
  {
    firm: 1,
    reference: 'C-10002',
    identity: addressOf(0x102),
    account: addressOf(0x1002),
    expiry: ago(-9 * 24),
  },
  {
    firm: 1,
    reference: 'C-10003',
    identity: addressOf(0x103),
    account: addressOf(0x1003),
    expiry: ago(5),
    tier: 2,
  },
  { firm: 2, reference: 'C-20001', identity: addressOf(0x201), account: addressOf(0x2001), country: 276 },
  {
    firm: 2,
    reference: 'C-20002',
    identity: addressOf(0x202),
    account: addressOf(0x2002),
    status: 1,
    tier: 0,
  },
] as const

/** A settled transfer between two of `people`, in a block of its hour. */
export function transferOf(
  block: bigint,
  from: (typeof people)[number] | null,
  to: (typeof people)[number] | null,
  more: Row = {},
): Row {
  return {
    block_number: block,
    tx_hash: hashOf(block + 0x1000n),
    time: ago(Number(head - block)),
    from: from?.account ?? zero,
    to: to?.account ?? zero,
    from_identity: from?.identity ?? null,
    to_identity: to?.identity ?? null,
    from_firm: from?.firm ?? null,
    to_firm: to?.firm ?? null,
    ...more,
  }
}

/** Somebody signed in, without a session: queries and acts take it as they take a real one. */
export function officerOf(role: Role, firmId: number | null = null, personId = randomUUID()): Officer {
  return mintOfficer({
    personId,
    sessionId: 'a'.repeat(64),
    username: `${role}-${firmId ?? 'authority'}`,
    name: role,
    side: firmId === null ? 'authority' : 'firm',
    role,
    firmId,
    chainPerson: hashOf(0x9999),
  })
}
