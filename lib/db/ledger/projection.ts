import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Position } from './chain'
import { ledgerTables } from './digest'
import { rebuildLock } from './rebuild-progress'

/**
 * A second derivation of a chain's tables beside the live ones, in partitions of its own, and the exchange of the two.
 * Only the owner of the tables can make and exchange partitions; the rows are written as the worker, on connections
 * that see nothing but the new schemas.
 */
export type Projection = {
  version: number
  /** The worker's connections: unqualified names are the new tables. */
  pool: pg.Pool
  /** Makes room for blocks up to one, inclusive. */
  makeRoom: (from: bigint, to: bigint) => Promise<void>
  /** Statistics for the planner, before anybody reads. */
  analyze: () => Promise<void>
  /**
   * Puts the new tables in place of the live ones, in one transaction. From its begin no block of the chain is written or
   * taken back; `catchUp` then brings the new tables level and says where they are.
   * @returns false if readers held the tables longer than anybody should wait for; nothing has changed then.
   */
  exchange: (catchUp: () => Promise<Position>) => Promise<boolean>
  /** Drops what is not in place: the old tables after the exchange, the new ones without it. */
  close: () => Promise<void>
}

const facts: readonly string[] = ['block', 'transaction', 'receipt', 'log']
/** A lock that is waited for longer is given up: so long, at most, those behind it wait. */
const lockMs = 300
const snapshotsMs = 2_000

/** @param withFacts Whether facts are new too; without, the live ones can be read and not written. */
export async function openProjection(
  urls: { owner: string; worker: string },
  chainId: number,
  withFacts: boolean,
): Promise<Projection> {
  const owner = new pg.Client({ connectionString: urls.owner })
  owner.on('error', () => {})
  await owner.connect()
  try {
    const { rows } = await owner.query('SELECT pg_try_advisory_lock($1, $2) AS taken', [rebuildLock, chainId])
    if (!rows[0].taken) throw new Error(`Chain ${chainId} is being rebuilt already`)
    await dropAllNotInPlace(owner, chainId)
    const version = await findNextVersion(owner, chainId)
    const [own, ofFacts] = [`projection_${chainId}_${version}`, `facts_${chainId}_${version}`]
    const schemas = withFacts ? [own, ofFacts] : [own]
    const placeOf = (table: string) => (facts.includes(table) ? ofFacts : own)
    const made = ledgerTables.filter((table) => withFacts || !facts.includes(table))
    const cut = await listCut(owner)
    await owner.query('BEGIN')
    for (const schema of schemas) await owner.query(`CREATE SCHEMA ${schema}`)
    for (const table of made) {
      if (cut.has(table))
        await owner.query('SELECT public.make_partition($1, $2, $3)', [placeOf(table), table, chainId])
      else
        await owner.query(`CREATE TABLE ${placeOf(table)}."${table}" (LIKE public."${table}" INCLUDING ALL)`)
      await openToWorker(owner, placeOf(table), table)
    }
    if (!withFacts) await showFacts(owner, own)
    for (const schema of schemas) await owner.query(`GRANT USAGE ON SCHEMA ${schema} TO plimsoll_worker`)
    await owner.query('COMMIT')
    const pool = new pg.Pool({
      ...{ connectionString: urls.worker, max: 2, application_name: 'plimsoll rebuild' },
      options: `-c search_path=${schemas.join(',')}`,
    })
    pool.on('error', () => {})
    const ranged = made.filter((table) => [...facts, 'transfer'].includes(table))
    return {
      version,
      pool,
      async makeRoom(from, to) {
        for (const table of ranged)
          await owner.query('SELECT public.make_ranges($1, $2, $3, $4)', [placeOf(table), table, from, to])
      },
      async analyze() {
        for (const table of made) await owner.query(`ANALYZE ${placeOf(table)}."${table}"`)
      },
      exchange: (catchUp) =>
        exchange(
          owner,
          { chainId, version, tables: made.map((table) => [placeOf(table), table]), cut },
          catchUp,
        ),
      async close() {
        await pool.end()
        await dropAllNotInPlace(owner, chainId).finally(() => owner.end())
      },
    }
  } catch (error) {
    await owner.end()
    throw error
  }
}

/** Tables that are cut by chain. What a later migration added may not be. */
async function listCut(owner: pg.Client): Promise<Set<string>> {
  const { rows } = await owner.query(
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'p'",
  )
  return new Set(rows.map(({ relname }) => relname))
}

async function findNextVersion(owner: pg.Client, chainId: number): Promise<number> {
  const { rows } = await owner.query(
    `SELECT max(split_part(nspname, '_', 3)::int) + 1 AS version FROM pg_namespace WHERE nspname ~ $1`,
    [`^(facts|projection)_${chainId}_[0-9]+$`],
  )
  if (rows[0].version !== null) return rows[0].version
  throw new Error(`Chain ${chainId} has no tables of its own: nothing of it was ever indexed`)
}

async function openToWorker(owner: pg.Client, schema: string, table: string): Promise<void> {
  await owner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${schema}."${table}" TO plimsoll_worker`)
  await owner.query(
    `CREATE POLICY worker ON ${schema}."${table}" TO plimsoll_worker USING (true) WITH CHECK (true)`,
  )
}

/** What is derived again reads facts here and there; a view that only lets read keeps the live ones from harm. */
async function showFacts(owner: pg.Client, schema: string): Promise<void> {
  for (const table of facts) {
    await owner.query(
      `CREATE VIEW ${schema}."${table}" WITH (security_invoker = true) AS SELECT * FROM public."${table}"`,
    )
    await owner.query(`GRANT SELECT ON ${schema}."${table}" TO plimsoll_worker`)
  }
}

type Exchange = {
  chainId: number
  version: number
  tables: (readonly [schema: string, table: string])[]
  cut: ReadonlySet<string>
}

async function exchange(
  owner: pg.Client,
  change: Exchange,
  catchUp: () => Promise<Position>,
): Promise<boolean> {
  const { chainId, version, cut } = change
  const tables = change.tables.filter(([, table]) => table !== 'chain' && table !== 'cursor')
  await owner.query('BEGIN')
  try {
    await owner.query(`SET LOCAL lock_timeout = ${lockMs}`)
    // The lock under which blocks are written: lib/db/ledger/chain.
    await owner.query("SELECT pg_advisory_xact_lock(hashtext('public'), $1)", [chainId])
    const at = await catchUp()
    if (!(await outwaitSnapshots(owner))) throw busy
    const names = ['cursor', ...tables.map(([, table]) => table)].map((table) => `public."${table}"`)
    await owner.query(`LOCK TABLE ${names.join(', ')} IN ACCESS EXCLUSIVE MODE`)
    for (const [schema, table] of tables) {
      await owner.query(`DROP POLICY worker ON ${schema}."${table}"`)
      await owner.query(`REVOKE ALL ON ${schema}."${table}" FROM plimsoll_worker`)
      if (cut.has(table)) await exchangePartition(owner, schema, table, chainId)
      else await exchangeRows(owner, schema, table, chainId)
    }
    for (const schema of new Set(tables.map(([schema]) => schema)))
      await owner.query(`REVOKE ALL ON SCHEMA ${schema} FROM plimsoll_worker`)
    // Whoever wrote until now derives as before the rebuild: its epoch is over. The owner may not see rows, so the table
    // lets it for as long as nobody else can look.
    await owner.query('ALTER TABLE public.cursor NO FORCE ROW LEVEL SECURITY')
    const { rowCount } = await owner.query(
      `UPDATE public.cursor SET projection = $2, writer_epoch = writer_epoch + 1, updated_at = now()
       WHERE chain_id = $1 AND number = $3 AND hash = $4`,
      [chainId, version, at.number, at.hash],
    )
    await owner.query('ALTER TABLE public.cursor FORCE ROW LEVEL SECURITY')
    if (rowCount !== 1) throw new Error(`The live tables are not at block ${at.number} ${at.hash}`)
    await owner.query('COMMIT')
    return true
  } catch (error) {
    await owner.query('ROLLBACK')
    if (error === busy || (error as { code?: string }).code === '55P03') return false
    throw error
  }
}

const busy = new Error('Somebody still reads what was there before')

/**
 * Partitions change for everybody at once, rows for each by the moment it looks at. So nobody may be left who looks at a
 * moment before the new rows were committed: each transaction that is open now is waited for, but for those that
 * themselves wait for our lock, who will look later.
 */
async function outwaitSnapshots(owner: pg.Client): Promise<boolean> {
  const open = `SELECT virtualxid AS id FROM pg_locks l JOIN pg_stat_activity a USING (pid)
    WHERE l.locktype = 'virtualxid' AND l.granted AND a.datname = current_database() AND a.usesysid IS NOT NULL
      AND pid <> pg_backend_pid()
      AND NOT EXISTS (SELECT FROM pg_locks w WHERE w.pid = l.pid AND w.locktype = 'advisory' AND NOT w.granted)`
  const { rows } = await owner.query(open)
  const before = rows.map(({ id }) => id)
  for (const end = Date.now() + snapshotsMs; Date.now() < end; await pause(10)) {
    const { rows } = await owner.query(
      `SELECT count(*)::int AS left FROM (${open}) open WHERE id = ANY ($1)`,
      [before],
    )
    if (rows[0].left === 0) return true
  }
  return false
}

async function exchangePartition(owner: pg.Client, schema: string, table: string, chainId: number) {
  const { rows } = await owner.query('SELECT public.partition_of($1, $2)::text AS old', [table, chainId])
  await owner.query(`ALTER TABLE public."${table}" DETACH PARTITION ${rows[0].old}`)
  await owner.query(
    `ALTER TABLE public."${table}" ATTACH PARTITION ${schema}."${table}" FOR VALUES IN (${chainId})`,
  )
}

/** Of a table that is not cut by chain. */
async function exchangeRows(owner: pg.Client, schema: string, table: string, chainId: number): Promise<void> {
  await owner.query(`ALTER TABLE public."${table}" NO FORCE ROW LEVEL SECURITY`)
  await owner.query(`DELETE FROM public."${table}" WHERE chain_id = $1`, [chainId])
  await owner.query(`INSERT INTO public."${table}" SELECT * FROM ${schema}."${table}"`)
  await owner.query(`ALTER TABLE public."${table}" FORCE ROW LEVEL SECURITY`)
}

/** Schemas of the chain that hold no partition of public's; and in those that do, what was of use while it was made. */
async function dropAllNotInPlace(owner: pg.Client, chainId: number): Promise<void> {
  const { rows } = await owner.query(
    `SELECT nspname AS schema, EXISTS (SELECT FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
         JOIN pg_class p ON p.oid = i.inhparent
         WHERE c.relnamespace = n.oid AND p.relnamespace = 'public'::regnamespace) AS in_place,
       (SELECT array_agg(CASE relkind WHEN 'v' THEN 'VIEW ' ELSE 'TABLE ' END || oid::regclass) FROM pg_class
         WHERE relnamespace = n.oid AND relkind IN ('r', 'v') AND NOT relispartition) AS spare
     FROM pg_namespace n WHERE nspname ~ $1`,
    [`^(facts|projection)_${chainId}_[0-9]+$`],
  )
  for (const { schema, in_place: isInPlace, spare } of rows) {
    if (!isInPlace) await owner.query(`DROP SCHEMA ${schema} CASCADE`)
    else for (const each of spare ?? []) await owner.query(`DROP ${each}`)
  }
}
