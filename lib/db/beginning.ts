import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'

/** How Prisma begins a transaction. */
export const plainBegin = 'BEGIN'

// On globalThis: Next bundles this module more than once, and a pool is of the copy that connected first.
const key = Symbol.for('plimsoll.beginning')
const place = globalThis as { [key]?: AsyncLocalStorage<string> }
place[key] ??= new AsyncLocalStorage()

/** What the transactions of this call begin with instead: statements without parameters, the first of them a BEGIN. */
export const beginning = place[key]

/**
 * Prisma begins a transaction, and then sets how it is isolated, and then we say who is asking: each a round trip, and
 * each longer on its way through Prisma than in the database. This connection says it all at once. Should the words
 * ever be lost on the way, a plain BEGIN is left, and row security shows nobody nothing.
 */
export class Client extends pg.Client {
  // `never`: of its many forms this says nothing, and whoever holds a pg.Client sees theirs.
  override query(...given: unknown[]): never {
    const [asked] = given
    const isBegin = typeof asked === 'object' && (asked as { text?: string } | null)?.text === plainBegin
    return super.query(...((isBegin ? [beginning.getStore() ?? plainBegin] : given) as [string])) as never
  }
}
