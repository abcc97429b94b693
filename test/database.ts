import { afterAll, beforeAll } from 'vitest'
import { closeDatabase, connectDatabase } from '@/lib/db/client'
import { type FreshDatabase, freshDatabase } from './postgres'

/**
 * For the top of a test file: its own database, with withActor, withGate, withWorker and withOwner connected to it.
 * The addresses are there from beforeAll on.
 */
export function databaseForThisFile(options?: { poolSize?: number }): FreshDatabase {
  const database = {} as FreshDatabase
  beforeAll(async () => {
    Object.assign(database, await freshDatabase())
    connectDatabase({ ...database.urls, owner: database.ownerUrl }, options)
  })
  afterAll(async () => {
    await closeDatabase()
    await database.drop?.()
  })
  return database
}
