import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'
import type { DatabaseUrls } from './client'

export const sides = ['worker', 'gate', 'authority', 'firm'] as const
export type RoleSide = (typeof sides)[number]
export type RoleUrls = Record<RoleSide, string>

const roleOf = (side: RoleSide) => `plimsoll_${side}`

/**
 * Lets the four roles of prisma/migrations/0003_access log in, with passwords made of `secret`, and returns their
 * addresses on the owner's database. The same secret gives the same passwords, so it may be done at every start.
 */
export async function provisionRoles(ownerUrl: string, secret: string): Promise<RoleUrls> {
  const passwords = sides.map((side) => [side, passwordOf(side, secret)] as const)
  await withClient(ownerUrl, async (client) => {
    await client.query('BEGIN')
    // Two that start at once would otherwise change the same row of the catalogue and one would fail.
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('plimsoll roles'))`)
    for (const [side, password] of passwords) {
      // No parameters in this statement; a verifier and not the password, for the server may log it.
      await client.query(`ALTER ROLE ${roleOf(side)} LOGIN PASSWORD '${scramVerifier(password)}'`)
    }
    await client.query('COMMIT')
  })
  return Object.fromEntries(passwords.map(([side, word]) => [side, urlOf(ownerUrl, side, word)])) as RoleUrls
}

export type RoleProblem = { side: RoleSide; problem: string }

/** What these roles may do beyond what they should; empty if all is well. Throws if one cannot connect. */
export async function assertHumbleRoles(urls: Partial<DatabaseUrls>): Promise<RoleProblem[]> {
  const checked = sides.map(async (side) => {
    const url = urls[side]
    const problems = url ? await withClient(url, (client) => findProblems(client, side)) : []
    return problems.map((problem) => ({ side, problem }))
  })
  return (await Promise.all(checked)).flat()
}

/** The same of the owner, who makes tables and roles: it may do that, and still not see past row-level security. */
export const findOwnerProblems = (url: string): Promise<string[]> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<Record<string, boolean>>(
      `SELECT rolsuper AS "is a superuser", rolbypassrls AS "bypasses row-level security"
       FROM pg_roles WHERE rolname = current_user`,
    )
    return problemsIn(rows[0])
  })

async function findProblems(client: pg.Client, side: RoleSide): Promise<string[]> {
  const others = sides.filter((other) => other !== side).map(roleOf)
  const { rows } = await client.query<Record<string, boolean>>(
    `SELECT rolsuper AS "is a superuser",
       rolbypassrls AS "bypasses row-level security",
       rolcreaterole AS "may make roles",
       EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = 'public' AND pg_has_role(c.relowner, 'MEMBER')) AS "owns tables",
       EXISTS (SELECT FROM pg_database
         WHERE datname = current_database() AND pg_has_role(datdba, 'MEMBER')) AS "owns the database",
       EXISTS (SELECT FROM pg_roles o WHERE o.rolname = ANY ($1) AND pg_has_role(o.oid, 'MEMBER'))
         AS "may act as another side",
       NOT EXISTS (SELECT FROM pg_roles o WHERE o.rolname = $2 AND pg_has_role(o.oid, 'USAGE'))
         AS "is not the role of this side"
     FROM pg_roles WHERE rolname = current_user`,
    [others, roleOf(side)],
  )
  return problemsIn(rows[0])
}

const problemsIn = (row: Record<string, boolean> = {}): string[] =>
  Object.entries(row).flatMap(([problem, so]) => (so ? [problem] : []))

const passwordOf = (side: RoleSide, secret: string) =>
  createHmac('sha256', secret).update(roleOf(side)).digest('hex')

function urlOf(ownerUrl: string, side: RoleSide, password: string): string {
  const url = new URL(ownerUrl)
  url.username = roleOf(side)
  url.password = password
  return url.toString()
}

/** RFC 5803 as PostgreSQL writes it: SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey. */
function scramVerifier(password: string): string {
  const iterations = 4096
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest()
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64')
  const serverKey = hmac('Server Key').toString('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
