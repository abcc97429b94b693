import type pg from 'pg'
import { countedHours } from '@/lib/compliance/limits'
import { deriveUse } from '@/lib/db/ledger/limit-use'

export const chainId = 31337
export const readWorld = { firms: 200, customers: 20_000, rowsInBlock: 50 }

/** Addresses and hashes by number, the same in SQL and here. */
export const sqlAddress = (what: string) => `'0x' || left(md5((${what})::text), 8) || md5((${what})::text)`
export const sqlHash = (what: string) => `'0x' || md5((${what})::text) || md5((${what})::text)`

/**
 * So many settled transfers, fifty a block and a block every twelve seconds, and one refused for each hundred; made by
 * SQL, past row security. Firms and accounts are as unequal as in life: the largest firm of 200 has a sixth of all
 * customers, and half of the customers a tenth of all transfers.
 */
export async function fillReadWorld(client: pg.Client, rows: number): Promise<void> {
  const { firms, customers, rowsInBlock } = readWorld
  const blocks = Math.ceil(rows / rowsInBlock)
  const run = (text: string) => client.query(text)
  await run(`CREATE TEMP TABLE actor AS SELECT i, ${sqlAddress('i')} AS account, ${sqlAddress('-i - 1')} AS identity,
    1 + floor(${firms} * power((i::bigint * 7919 % 10007) / 10007.0, 3))::int AS firm FROM generate_series(0, ${customers - 1}) i`)
  await run('CREATE UNIQUE INDEX ON actor (i); ANALYZE actor')
  await run(
    `CREATE TEMP TABLE coin AS SELECT i, ${sqlAddress('1000000 + i')} AS address FROM generate_series(0, 4) i`,
  )
  await run(
    `INSERT INTO chain (id, genesis_hash, finality, start_block) VALUES (${chainId}, ${sqlHash('0')}, 3, 1)`,
  )
  await run(`SELECT open_chain(${chainId}), open_blocks(${chainId}, 0, ${blocks})`)
  await run(`INSERT INTO block (chain_id, number, hash, parent_hash, time, header)
    SELECT ${chainId}, n, ${sqlHash('n')}, ${sqlHash('n - 1')}, date_trunc('hour', now()) - make_interval(secs => 12 * (${blocks} - n)), '{}'
    FROM generate_series(1, ${blocks}) n`)
  await run(`INSERT INTO cursor (chain_id, number, hash, time, node_head, verified_head)
    SELECT chain_id, number, hash, time, number, number FROM block WHERE number = ${blocks}`)
  await run(`INSERT INTO firm (chain_id, id, lei, name, block_number)
    SELECT ${chainId}, i, lpad(i::text, 20, '0'), 'Firm ' || i, 1 FROM generate_series(1, ${firms}) i`)
  await run(`INSERT INTO identity (chain_id, address, firm_id, country, status, tier, expiry, evidence, block_number)
    SELECT ${chainId}, identity, firm, 826, 2, 1, now() + make_interval(days => (i % 500)::int), ${sqlHash('i')}, 1 FROM actor`)
  await run(`INSERT INTO account (chain_id, address, identity, firm_id, block_number)
    SELECT ${chainId}, account, identity, firm, 1 FROM actor`)
  await run(`INSERT INTO customer (chain_id, identity, firm_id, reference, name)
    SELECT ${chainId}, identity, firm, 'C-' || i, 'Customer ' || i FROM actor`)
  await run(`INSERT INTO instrument (chain_id, address, symbol, name, decimals, standard, start_block, total_supply)
    SELECT ${chainId}, address, 'COIN' || i, 'Coin ' || i, 2, 'plimsoll', 1, 1000000 FROM coin`)
  await run(`INSERT INTO rate (chain_id, block_number, log_index, instrument, numerator, denominator, order_id)
    SELECT ${chainId}, 1, i, address, 1, 1, ${sqlHash('i')} FROM coin`)
  await run(`INSERT INTO balance (chain_id, instrument, account, firm_id, amount, block_number)
    SELECT ${chainId}, address, account, firm, 100 + actor.i, 1 FROM actor CROSS JOIN coin WHERE actor.i % 5 >= coin.i`)
  await run(`INSERT INTO policy_limit (chain_id, scope, subject, "window", amount, firm_id, block_number, time)
    SELECT ${chainId}, 0, identity, w, 1000000, firm, 1, now() FROM actor CROSS JOIN generate_series(0, 2) w
    UNION ALL SELECT ${chainId}, 2, id::text, w, 100000000, id, 1, now() FROM firm CROSS JOIN generate_series(0, 2) w`)
  await run(`INSERT INTO flow (chain_id, scope, subject, hour, value, firm_id)
    SELECT ${chainId}, 0, identity, floor(extract(epoch FROM now()) / 3600)::bigint - h, 100 + i, firm
    FROM actor CROSS JOIN generate_series(0, 9) h
    UNION ALL SELECT ${chainId}, 2, id::text, floor(extract(epoch FROM now()) / 3600)::bigint - h, 10000, id
    FROM firm CROSS JOIN generate_series(0, 719) h`)
  await fillTransfers(run, rows)
  await fillHistories(run)
  const now = BigInt(Math.floor(Date.now() / 1_000))
  await deriveUse(client, chainId, countedHours(now - (now % 3600n)), 'all')
  await run(`INSERT INTO holding (chain_id, instrument, firm_id, holders, amount)
    SELECT chain_id, instrument, side.firm, count(*), sum(amount) FROM balance
    CROSS JOIN LATERAL (VALUES (0), (firm_id)) side (firm) GROUP BY chain_id, instrument, side.firm`)
  await run('VACUUM ANALYZE')
}

type Run = (text: string) => Promise<pg.QueryResult>

async function fillTransfers(run: Run, rows: number): Promise<void> {
  const { customers, rowsInBlock } = readWorld
  const { rows: indexes } =
    await run(`SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index WHERE indrelid = 'transfer'::regclass AND NOT indisprimary`)
  for (const { name } of indexes) await run(`DROP INDEX ${name}`)
  // Squares of numbers spread evenly: the lower an account's number, the more it moves.
  const actor = (n: string) => `floor(${customers} * power((${n} % 1000003) / 1000003.0, 2))::int`
  // So that a tenth of what is above an amount is above ten times as much.
  const amount = 'floor(100000000.0 / (1 + n * 31337 % 1000003))'
  const placed = (
    count: number,
    every: number,
  ) => `SELECT n, b.number AS block, b.time, ((n - 1) % ${rowsInBlock})::int AS at,
      f.account AS f, t.account AS t, f.identity AS fi, t.identity AS ti, f.firm AS ff, t.firm AS tf, coin.address AS coin
    FROM (SELECT g::bigint * ${every} AS n FROM generate_series(1, ${count}) g) numbers
    JOIN block b ON b.number = 1 + (n - 1) / ${rowsInBlock}
    JOIN actor f ON f.i = ${actor('n * 7919')} JOIN actor t ON t.i = ${actor('n * 104729')}
    JOIN coin ON coin.i = floor(5 * power((n * 31 % 1009) / 1009.0, 3))`
  await run(`INSERT INTO transfer (chain_id, block_number, log_index, tx_hash, tx_index, time, instrument, "from", "to", amount,
      from_identity, to_identity, from_firm, to_firm, cause, frozen_moved)
    SELECT ${chainId}, block, at, ${sqlHash('n')}, at, time, coin, f, t, ${amount}, fi, ti, ff, tf,
      CASE WHEN n % 5000 = 0 THEN 'forced' ELSE 'transfer' END, 0
    FROM (${placed(rows, 1)}) placed`)
  for (const { definition } of indexes) await run(definition.replace(' ON ONLY ', ' ON '))
  await run(`INSERT INTO refused_transfer (chain_id, block_number, tx_index, tx_hash, time, instrument, sender, "from", "to",
      amount, code, reason, from_identity, from_firm, to_firm)
    SELECT ${chainId}, block, ${rowsInBlock} + at, ${sqlHash('-n')}, time, coin, f, f, t, ${amount}, 10 + n / 100 % 18, '', fi, ff, tf
    FROM (${placed(Math.floor(rows / 100), 100)}) placed`)
  await run(`INSERT INTO activity (chain_id, hours, period, firm_id, instrument, settled, refused, amount, sent, received)
    SELECT ${chainId}, hours, floor(extract(epoch FROM time) / 3600 / hours)::bigint, firm, instrument, count(*), 0, sum(amount),
      sum(amount), sum(amount)
    FROM transfer CROSS JOIN (VALUES (1), (24)) period (hours) CROSS JOIN LATERAL (VALUES (0), (from_firm)) side (firm)
    GROUP BY 2, 3, 4, 5`)
}

/** Orders carried out, freezes, decisions and limits as they were set, and what one in fifty transfers was called with. */
async function fillHistories(run: Run): Promise<void> {
  const actors = `FROM actor JOIN block ON number = 1 + i % (SELECT max(number) FROM block)`
  const place = `${chainId}, number, 1000 + i / (SELECT max(number) FROM block)::int, time`
  await run(`INSERT INTO kyc_decision (chain_id, block_number, log_index, time, identity, firm_id, status, tier, expiry,
      evidence, order_id)
    SELECT ${place}, identity, firm, 2, 1, time + interval '400 days', ${sqlHash('i')}, ${sqlHash('i')} ${actors}`)
  await run(`INSERT INTO limit_change (chain_id, block_number, log_index, time, scope, subject, "window", before, after,
      firm_id, order_id)
    SELECT ${place}, 0, identity, i % 3, 0, 1000000, firm, ${sqlHash('i')} ${actors}`)
  await run(`INSERT INTO "freeze" (chain_id, block_number, log_index, time, instrument, account, firm_id, frozen, order_id)
    SELECT ${place}, (SELECT min(address) FROM coin), account, firm, i % 2 = 0, ${sqlHash('i')} ${actors}`)
  await run(`INSERT INTO order_outcome (chain_id, block_number, log_index, time, tx_hash, order_id, outcome, kind, proposer,
      approver, target, arguments, firm_id)
    SELECT ${place}, ${sqlHash('i')}, ${sqlHash('i')}, 'executed', 1, account, account, account, '0x', firm ${actors}`)
  const transfers = `FROM transfer WHERE log_index = 25`
  await run(`INSERT INTO transaction (chain_id, block_number, index, hash, "from", "to", nonce, value, input)
    SELECT chain_id, block_number, tx_index, tx_hash, "from", instrument, 0, 0, '0x' ${transfers}`)
  await run(`INSERT INTO receipt (chain_id, block_number, index, status, gas_used, cumulative_gas_used)
    SELECT chain_id, block_number, tx_index, 1, 50000, 50000 ${transfers}`)
  await run(`INSERT INTO log (chain_id, block_number, log_index, tx_index, address, topic0, data)
    SELECT chain_id, block_number, log_index, tx_index, instrument, ${sqlHash('1')}, '0x' ${transfers}`)
}
