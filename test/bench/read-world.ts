import type pg from 'pg'

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
    SELECT ${chainId}, block, at, ${sqlHash('n')}, at, time, coin, f, t, n % 100000, fi, ti, ff, tf, 'transfer', 0
    FROM (${placed(rows, 1)}) placed`)
  for (const { definition } of indexes) await run(definition)
  await run(`INSERT INTO refused_transfer (chain_id, block_number, tx_index, tx_hash, time, instrument, sender, "from", "to",
      amount, code, reason, from_identity, from_firm, to_firm)
    SELECT ${chainId}, block, ${rowsInBlock} + at, ${sqlHash('-n')}, time, coin, f, f, t, 5, 21, '', fi, ff, tf
    FROM (${placed(Math.floor(rows / 100), 100)}) placed`)
  await run(`INSERT INTO activity (chain_id, hours, period, firm_id, instrument, settled, refused, amount, sent, received)
    SELECT ${chainId}, hours, floor(extract(epoch FROM time) / 3600 / hours)::bigint, firm, instrument, count(*), 0, sum(amount),
      sum(amount), sum(amount)
    FROM transfer CROSS JOIN (VALUES (1), (24)) period (hours) CROSS JOIN LATERAL (VALUES (0), (from_firm)) side (firm)
    GROUP BY 2, 3, 4, 5`)
}
