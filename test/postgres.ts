import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { RoleUrls } from '@/lib/db/roles'
import type { Cluster } from './cluster'

export type FreshDatabase = {
  /** Of the four roles. */
  urls: RoleUrls
  ownerUrl: string
  /** Past row-level security: for rows that a test needs and no role of ours may write. */
  superUrl: string
  /** Also ends whoever is still connected. */
  drop: () => Promise<void>
}

/**
 * A database for one test file: migrated, empty, the roles ready. Without a cluster, that of this vitest run;
 * Playwright gives one from startTestCluster.
 */
export async function freshDatabase(cluster?: Cluster): Promise<FreshDatabase> {
  const { urls, ownerUrl, superUrl } = cluster ?? (await askForCluster())
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const maintenance = at(superUrl, 'postgres')
  const owner = new URL(ownerUrl).username
  await run(
    maintenance,
    `CREATE DATABASE ${name} TEMPLATE ${nameOf(superUrl)} OWNER ${owner} STRATEGY file_copy`,
  )
  return {
    urls: {
      worker: at(urls.worker, name),
      gate: at(urls.gate, name),
      authority: at(urls.authority, name),
      firm: at(urls.firm, name),
    },
    ownerUrl: at(ownerUrl, name),
    superUrl: at(superUrl, name),
    drop: () => dropDatabase(maintenance, name),
  }
}

/** Sessions that are about to end get the five seconds for which PostgreSQL waits; a client cut off would throw. */
async function dropDatabase(maintenance: string, name: string) {
  try {
    await run(maintenance, `DROP DATABASE IF EXISTS ${name}`)
  } catch {
    await run(maintenance, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  }
}

async function askForCluster(): Promise<Cluster> {
  // Not at the top: Playwright loads this file too, where there is no vitest.
  const { inject } = await import('vitest')
  const response = await fetch(inject('clusterAddress'))
  const text = await response.text()
  if (!response.ok) throw new Error(`The tests' PostgreSQL did not start: ${text}`)
  return JSON.parse(text)
}

const nameOf = (url: string) => new URL(url).pathname.slice(1)

function at(url: string, database: string): string {
  const address = new URL(url)
  address.pathname = `/${database}`
  return address.toString()
}

async function run(connectionString: string, statement: string) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
