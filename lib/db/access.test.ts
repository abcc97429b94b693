import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '@/test/ask'
import { type FreshDatabase, freshDatabase } from '@/test/postgres'
import { insertSampleRows, listTables } from '@/test/sample-rows'
import { roles } from '../auth/permissions'
import { sides } from './roles'

let database: FreshDatabase
let root: pg.Client
let tables: string[]

beforeAll(async () => {
  database = await freshDatabase()
  root = new pg.Client({ connectionString: database.superUrl })
  await root.connect()
  tables = await insertSampleRows(root, 1)
  await insertSampleRows(root, 2)
})
afterAll(async () => {
  await root?.end()
  await database?.drop()
})

const officer = (role: string) => ({ person_id: '00000000-0000-7000-8000-000000000009', role })
const firm = (id: number) => ({
  person_id: `00000000-0000-7000-8000-00000000000${id}`,
  role: 'viewer',
  firm_id: String(id),
})

describe('what the catalogue says', () => {
  test('every table has row security enabled and forced, and a policy', async () => {
    const { rows } = await root.query(
      `SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND relname <> '_prisma_migrations' AND NOT (relrowsecurity AND relforcerowsecurity
         AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))`,
    )
    expect(rows).toEqual([])
    expect(tables.length).toBeGreaterThan(30)
  })

  test('PUBLIC has no right to a table, a sequence or a function of ours', async () => {
    const { rows } = await root.query(
      `SELECT relname FROM pg_class c, aclexplode(c.relacl) a
         WHERE relnamespace = 'public'::regnamespace AND a.grantee = 0
       UNION ALL SELECT proname FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
         WHERE pronamespace = 'public'::regnamespace AND a.grantee = 0`,
    )
    expect(rows).toEqual([])
  })

  test('no role may truncate, reference or trigger anything', async () => {
    const { rows } = await root.query(
      `SELECT relname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a
       WHERE relnamespace = 'public'::regnamespace AND a.grantee <> c.relowner
       AND a.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'USAGE')`,
    )
    expect(rows).toEqual([])
  })

  test('the roles that a person may have are those of lib/auth/permissions', async () => {
    const { rows } = await root.query(
      `SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = 'person_side'`,
    )
    const said = [...rows[0].text.matchAll(/'([a-z-]+)'::text/g)].map((match) => match[1])
    const names = said.filter((word) => !['firm', 'authority'].includes(word))
    expect(names.sort()).toEqual([...roles.authority, ...roles.firm].sort())
  })
})

describe('nobody', () => {
  test.each(['authority', 'firm'] as const)(
    '%s without an actor reads only what anybody may know',
    async (side) => {
      const open = ['anchor_entry', 'block', 'chain', 'cursor', 'instrument', 'rate']
      const seen: string[] = []
      for (const table of [...tables, 'firm_directory', 'person_directory']) {
        const rows = await ask(database.urls[side], `SELECT count(*)::int AS n FROM "${table}"`).catch(denied)
        if (rows[0]?.n) seen.push(table)
      }
      expect(seen).toEqual(open)
    },
  )
})

/** Lets "permission denied" pass as no rows; anything else is a fault of the test. */
function denied(error: unknown): Record<string, unknown>[] {
  expect(String(error)).toContain('permission denied')
  return []
}

describe('firm', () => {
  test('sees its own rows and none of another firm, in every table that has a column for firms', async () => {
    const withFirm = [...(await listTables(root))].flatMap(([table, columns]) => {
      const names = columns.map(({ name }) => name).filter((name) => /(^|_)firm(_id)?$/.test(name))
      return table === 'firm' ? [{ table, names: ['id'] }] : names.length > 0 ? [{ table, names }] : []
    })
    expect(withFirm.length).toBeGreaterThan(15)
    for (const { table, names } of withFirm) {
      const columns = names.map((name) => `"${name}"`).join(', ')
      const rows = await ask(database.urls.firm, `SELECT ${columns} FROM "${table}"`, firm(1)).catch(denied)
      const closed = ['person', 'journal'].includes(table)
      expect({ table, rows: rows.length }).toEqual({ table, rows: closed ? 0 : 1 })
      for (const row of rows) expect(Object.values(row)).toContain(1)
    }
  })

  test('sees a transfer to it as well as from it, a refused one only from it', async () => {
    await root.query(
      `UPDATE transfer SET to_firm = 1, to_identity = from_identity WHERE from_firm = 2;
       UPDATE refused_transfer SET to_firm = 1 WHERE from_firm = 2`,
    )
    try {
      expect(await ask(database.urls.firm, 'SELECT from_firm FROM transfer', firm(1))).toHaveLength(2)
      expect(await ask(database.urls.firm, 'SELECT from_firm FROM refused_transfer', firm(1))).toHaveLength(1)
      expect(await ask(database.urls.firm, 'SELECT log_index FROM log', firm(1))).toHaveLength(2)
    } finally {
      await root.query(
        `UPDATE transfer SET to_firm = NULL, to_identity = NULL; UPDATE refused_transfer SET to_firm = NULL`,
      )
    }
  })

  test('sees raw facts of its transfers alone, and never what a transaction was called with', async () => {
    for (const table of ['transaction', 'receipt', 'log']) {
      const rows = await ask(database.urls.firm, `SELECT block_number::int AS n FROM "${table}"`, firm(1))
      expect({ table, rows }).toEqual({ table, rows: [{ n: 1 }] })
    }
    await expect(ask(database.urls.firm, 'SELECT input FROM transaction', firm(1))).rejects.toThrow('denied')
  })

  test('sees of a batch its own log and not its neighbour', async () => {
    await root.query(
      `INSERT INTO log (chain_id, block_number, log_index, tx_index, address, data)
       SELECT chain_id, block_number, 77, tx_index, address, data FROM log WHERE block_number = 1`,
    )
    const rows = await ask(database.urls.firm, 'SELECT log_index FROM log', firm(1))
    await root.query('DELETE FROM log WHERE log_index = 77')
    expect(rows).toEqual([{ log_index: 1 }])
  })

  test('learns of an order when it has taken effect, not while it is prepared', async () => {
    await root.query(`UPDATE order_outcome SET outcome = 'rejected' WHERE firm_id = 1`)
    const before = await ask(database.urls.firm, 'SELECT id FROM officer_order', firm(1))
    await root.query(`UPDATE order_outcome SET outcome = 'executed' WHERE firm_id = 1`)
    const after = await ask(database.urls.firm, 'SELECT id FROM officer_order', firm(1))
    expect([before.length, after.length]).toEqual([0, 1])
  })

  test('reads of an order what it changed, and never what it rests on inside the authority', async () => {
    const shown = await ask(database.urls.firm, 'SELECT before, after FROM officer_order', firm(1))
    expect(shown).toHaveLength(1)
    for (const columns of ['evidence', '*', 'to_jsonb(officer_order)']) {
      const asked = ask(database.urls.firm, `SELECT ${columns} FROM officer_order`, firm(1))
      await expect(asked).rejects.toThrow('denied')
    }
    const whole = await ask(database.urls.authority, 'SELECT evidence FROM officer_order', officer('analyst'))
    expect(whole).toHaveLength(2)
  })

  test('sees the limits of tiers, which bind it too', async () => {
    await root.query(
      `INSERT INTO policy_limit (chain_id, scope, subject, "window", amount, block_number, time)
       VALUES (1, 1, '2', 1, 500, 1, now())`,
    )
    const rows = await ask(database.urls.firm, 'SELECT subject FROM policy_limit ORDER BY scope', firm(1))
    expect(rows).toEqual([{ subject: '2' }, { subject: '1' }])
  })

  test('knows the names of all firms and no more of them', async () => {
    const rows = await ask(database.urls.firm, 'SELECT * FROM firm_directory ORDER BY id', firm(1))
    expect(rows).toEqual([1, 2].map((id) => ({ chain_id: 1, id, name: `sample ${id}` })))
    await expect(ask(database.urls.firm, 'SELECT * FROM person_directory', firm(1))).rejects.toThrow('denied')
  })

  test('asks for reports for itself only, and cannot fill one', async () => {
    const insert = (firmId: number, state: string) =>
      ask(
        database.urls.firm,
        `INSERT INTO report (id, reference, chain_id, kind, firm_id, parameters, state, requested_by)
         VALUES (gen_random_uuid(), 'R-2026-00099', 1, 'transfer-register', ${firmId}, '{"side":"firm"}', '${state}',
           '${firm(1).person_id}') RETURNING state`,
        firm(1),
      )
    expect(await insert(1, 'waiting')).toEqual([{ state: 'waiting' }])
    await expect(insert(2, 'waiting')).rejects.toThrow('row-level security')
    await expect(insert(1, 'failed')).rejects.toThrow('row-level security')
    await expect(ask(database.urls.firm, `UPDATE report SET content = 'x'`, firm(1))).rejects.toThrow(
      'denied',
    )
  })
})

describe('authority', () => {
  test('reads both firms, and of people names alone', async () => {
    const url = database.urls.authority
    expect(await ask(url, 'SELECT firm_id FROM identity', officer('analyst'))).toHaveLength(2)
    expect(await ask(url, 'SELECT name FROM person_directory', officer('analyst'))).toHaveLength(2)
    expect(await ask(url, 'SELECT name FROM person', officer('analyst'))).toHaveLength(0)
    expect(await ask(url, 'SELECT name FROM person', officer('administrator'))).toHaveLength(2)
    await expect(ask(url, 'SELECT password_hash FROM person', officer('administrator'))).rejects.toThrow(
      'denied',
    )
  })

  test('cannot write what the chain says', async () => {
    for (const table of ['identity', 'transfer', 'balance', 'policy_limit', 'cursor', 'order_outcome']) {
      await expect(
        ask(database.urls.authority, `DELETE FROM ${table}`, officer('supervisor')),
      ).rejects.toThrow('denied')
    }
  })

  test('signs and withdraws orders in its own name only', async () => {
    const sign = (by: Record<string, string>) =>
      ask(database.urls.authority, `UPDATE officer_order SET withdrawn_at = now() RETURNING id`, by)
    await expect(sign(officer('officer'))).rejects.toThrow('row-level security')
    const lock = await ask(
      database.urls.authority,
      'SELECT id FROM officer_order FOR UPDATE',
      officer('approver'),
    )
    expect(lock).toHaveLength(2)
  })

  test('reads the journal as supervisor or auditor, and sets switches as supervisor or administrator', async () => {
    const url = database.urls.authority
    const read = (role: string) => ask(url, 'SELECT seq FROM journal', officer(role))
    expect((await read('auditor')).length).toBeGreaterThan(0)
    expect(await read('officer')).toEqual([])
    const set = `INSERT INTO setting (key, value) VALUES ('x', '1')`
    await expect(ask(url, set, officer('officer'))).rejects.toThrow('row-level security')
    await ask(url, set, officer('supervisor'))
  })
})

describe('worker and gate', () => {
  test('the worker reads no person, session, wallet or attempt', async () => {
    for (const table of ['person', 'session', 'wallet', 'attempt', 'siwe_nonce', 'person_directory']) {
      await expect(ask(database.urls.worker, `SELECT * FROM ${table}`)).rejects.toThrow('denied')
    }
  })

  test('the worker does not change what happened', async () => {
    for (const table of ['block', 'transaction', 'log', 'transfer', 'limit_change', 'order_outcome']) {
      await expect(ask(database.urls.worker, `UPDATE ${table} SET chain_id = 2`)).rejects.toThrow('denied')
    }
  })

  test('the gate makes nobody, gives nobody another role and reads nothing of the ledger', async () => {
    const url = database.urls.gate
    await expect(ask(url, `UPDATE person SET role = 'administrator'`)).rejects.toThrow('denied')
    await expect(ask(url, `INSERT INTO person (id) VALUES (gen_random_uuid())`)).rejects.toThrow('denied')
    for (const table of ['transfer', 'identity', 'customer', 'officer_order', 'journal', 'balance']) {
      await expect(ask(url, `SELECT * FROM ${table}`)).rejects.toThrow('denied')
    }
    await expect(ask(url, 'SELECT content FROM report')).rejects.toThrow('denied')
  })
})

describe('the journal', () => {
  const everybody = () => [...sides.map((side) => database.urls[side]), database.ownerUrl, database.superUrl]

  test.each([
    `UPDATE journal SET act = 'x'`,
    'DELETE FROM journal',
    'DELETE FROM journal WHERE false',
    'TRUNCATE journal',
  ])('%s is refused to each role, the owner and superusers', async (statement) => {
    for (const url of everybody()) {
      await expect(ask(url, statement, officer('administrator'))).rejects.toThrow(
        /append-only|permission denied/,
      )
    }
    await expect(
      ask(database.superUrl, `SET session_replication_role = 'replica'; ${statement}`),
    ).rejects.toThrow('append-only')
  })

  test('nobody but the database numbers or dates a line, and a firm writes in its own name', async () => {
    const line = (columns: string, values: string) =>
      `INSERT INTO journal (act, subject, detail, ${columns}) VALUES ('x', '', '{}', ${values})`
    const own = `'${firm(1).person_id}', 1`
    await ask(database.urls.firm, line('person_id, firm_id', own), firm(1))
    await expect(ask(database.urls.firm, line('person_id, firm_id', own), firm(2))).rejects.toThrow(
      'row-level',
    )
    await expect(ask(database.urls.gate, line('seq', '1'))).rejects.toThrow('denied')
    await expect(ask(database.urls.gate, line('at', 'now()'))).rejects.toThrow('denied')
  })
})
