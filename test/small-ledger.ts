import pg from 'pg'
import { mintOfficer, type Officer } from '@/lib/auth/officer'
import type { Role } from '@/lib/auth/permissions'
import { rebuildActivityAfter } from '@/lib/db/ledger/activity'

/**
 * A ledger of two firms and a third, small enough to know by heart, for tests of what screens read. Written past row
 * security, straight into the tables. Block n is at 2026-11-22T00:00:00Z plus n minutes; block 100 is the last.
 */
export const chainId = 31337
export const lastBlock = 100
export const finality = 5
export const usd = address('aa')
export const bond = address('bb')
export const northgate = 1
export const harbour = 2
export const meridian = 3

/** Account `a` of firm n is its only customer's; the identity is another address. */
export const accountOf = (firm: number) => address(`a${firm}`)
export const identityOf = (firm: number) => address(`1d${firm}`)
export const referenceOf = (firm: number) => `C-${firm}0000`
export const blockHash = (block: number) => hash(`b10c${block}`)
export const txHash = (block: number, index: number) => hash(`7a${block}f${index}`)
export const timeOf = (block: number) => new Date(Date.UTC(2026, 10, 22, 0, block)).toISOString()

function address(digits: string): `0x${string}` {
  return `0x${digits.padStart(40, '0')}`
}

function hash(digits: string): `0x${string}` {
  return `0x${digits.padStart(64, '0')}`
}

export type SmallTransfer = {
  block: number
  tx: number
  log: number
  from: number
  to: number
  amount: bigint
}
export type SmallRefusal = {
  block: number
  tx: number
  from: number
  to: number
  amount: bigint
  code: number
}

/** Three transfers and a refusal a block, between changing pairs: ties of block and time everywhere. */
export const transfers: SmallTransfer[] = []
export const refusals: SmallRefusal[] = []
for (let block = 1; block <= lastBlock; block++) {
  const pairs = [
    [northgate, harbour],
    [harbour, meridian],
    [meridian, northgate],
  ] as const
  // Log 1 and 2 belong to one transaction: a batch.
  for (const [log, [from, to]] of pairs.entries()) {
    transfers.push({ block, tx: log === 0 ? 0 : 2, log, from, to, amount: BigInt(block * 100 + log) })
  }
  refusals.push({ block, tx: 1, from: northgate, to: meridian, amount: 999n, code: block % 2 ? 25 : 15 })
}

export async function fillSmallLedger(superUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: superUrl })
  await client.connect()
  const insert = async (table: string, rows: Record<string, unknown>[]) => {
    const columns = Object.keys(rows[0]!)
    await client.query(
      `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`)})
       SELECT ${columns.map((name) => `"${name}"`)} FROM json_populate_recordset(null::"${table}", $1)`,
      [JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? value.toString() : value))],
    )
  }
  const all = (table: string, rows: Record<string, unknown>[]) =>
    insert(
      table,
      rows.map((row) => ({ chain_id: chainId, ...row })),
    )
  const blocks = Array.from({ length: lastBlock }, (_, index) => index + 1)
  const firms = [northgate, harbour, meridian]
  const names = ['', 'Northgate Bank', 'Harbour Payments Ltd', 'Meridian Trust']
  await client.query('INSERT INTO chain (id, genesis_hash, finality, start_block) VALUES ($1, $2, $3, 1)', [
    chainId,
    hash('0'),
    finality,
  ])
  const head = { number: lastBlock, hash: blockHash(lastBlock), time: timeOf(lastBlock) }
  await all('cursor', [{ ...head, writer_epoch: 0, node_head: lastBlock, updated_at: timeOf(lastBlock) }])
  await all(
    'block',
    blocks.map((number) => ({
      number,
      hash: blockHash(number),
      parent_hash: blockHash(number - 1),
      time: timeOf(number),
      header: {},
    })),
  )
  const lei = (firm: number) => `5299000000000000000${firm}`
  await all(
    'firm',
    firms.map((id) => ({ id, lei: lei(id), name: names[id], block_number: 1 })),
  )
  await all('instrument', [
    {
      address: usd,
      symbol: 'USD',
      name: 'Dollar',
      decimals: 2,
      standard: 'plimsoll',
      start_block: 1,
      total_supply: 0,
    },
    {
      address: bond,
      symbol: 'BOND-31',
      name: 'Bond',
      decimals: 0,
      standard: 'plimsoll',
      start_block: 1,
      total_supply: 0,
    },
  ])
  const known = (firm: number) => ({ firm_id: firm, block_number: 1 })
  await all(
    'identity',
    firms.map((firm) => ({
      ...known(firm),
      address: identityOf(firm),
      country: 826,
      status: 2,
      tier: 1,
      // Meridian's customer lapsed: it holds a balance and is not eligible.
      expiry: firm === meridian ? timeOf(50) : '2027-11-22T00:00:00Z',
      evidence: hash('0'),
    })),
  )
  await all(
    'account',
    firms.map((firm) => ({ ...known(firm), address: accountOf(firm), identity: identityOf(firm) })),
  )
  await all(
    'customer',
    firms.map((firm) => ({
      identity: identityOf(firm),
      firm_id: firm,
      reference: referenceOf(firm),
      name: `Person ${firm}`,
    })),
  )
  await all(
    'balance',
    firms.map((firm) => ({ ...known(firm), instrument: usd, account: accountOf(firm), amount: 100_000 })),
  )
  await all('rate', [
    { block_number: 1, log_index: 0, instrument: usd, numerator: 1, denominator: 1, order_id: hash('0') },
  ])
  const sides = (from: number, to: number) => ({
    from: accountOf(from),
    to: accountOf(to),
    from_identity: identityOf(from),
    from_firm: from,
    to_firm: to,
  })
  const calls = [...transfers, ...refusals].filter(
    ({ block, tx }, at, list) => list.findIndex((other) => other.block === block && other.tx === tx) === at,
  )
  await all(
    'transaction',
    calls.map(({ block, tx, from }) => ({
      ...{ block_number: block, index: tx, hash: txHash(block, tx), from: accountOf(from) },
      ...{ nonce: block, value: 0, input: '0x' },
    })),
  )
  await all(
    'transfer',
    transfers.map(({ block, tx, log, from, to, amount }) => ({
      ...sides(from, to),
      to_identity: identityOf(to),
      block_number: block,
      log_index: log,
      tx_hash: txHash(block, tx),
      tx_index: tx,
      time: timeOf(block),
      instrument: log === 2 ? bond : usd,
      amount,
    })),
  )
  await all(
    'refused_transfer',
    refusals.map(({ block, tx, from, to, amount, code }) => ({
      ...sides(from, to),
      block_number: block,
      tx_index: tx,
      tx_hash: txHash(block, tx),
      time: timeOf(block),
      instrument: usd,
      sender: accountOf(from),
      amount,
      code,
      module: address('c0de'),
      headroom: 500,
      subject: code === 25 ? String(from) : identityOf(to),
      reason: '',
    })),
  )
  for (const block of blocks.filter((number) => number % 60 === 59 || number === lastBlock)) {
    const time = BigInt(Date.parse(timeOf(block)) / 1000)
    await rebuildActivityAfter(client, chainId, { number: BigInt(block), hash: blockHash(block), time })
  }
  await client.end()
}

/** Somebody of that world. No session row behind it: for the queries, which do not ask for one. */
export function person(role: Role, firmId: number | null = null): Officer {
  const digits = `${role.length}${firmId ?? 0}`.padStart(12, '0')
  return mintOfficer({
    personId: `00000000-0000-7000-8000-${digits}`,
    sessionId: `session-${digits}`,
    username: `${role}-${firmId ?? 'authority'}`,
    name: role,
    side: firmId === null ? 'authority' : 'firm',
    role,
    firmId,
    chainPerson: hash(digits),
  })
}
