import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'

/** How Prisma begins a transaction. */
export const plainBegin = 'BEGIN'

export type Transaction = {
  /** Statements without parameters, the first of them a BEGIN. */
  begin: string
  /** Its connection, once it has begun. */
  client?: Client
}

// On globalThis: Next bundles this module more than once, and a pool is of the copy that connected first.
const key = Symbol.for('plimsoll.beginning')
const place = globalThis as { [key]?: AsyncLocalStorage<Transaction> }
place[key] ??= new AsyncLocalStorage()

/** What the transactions of this call begin with. */
export const beginning = place[key]

/**
 * Prisma begins a transaction, and then sets how it is isolated, and then we say who is asking: each a round trip, and
 * each longer on its way through Prisma than in the database. This connection says it all at once. Should the words
 * ever be lost on the way, a plain BEGIN is left, and row security shows nobody nothing.
 */
export class Client extends pg.Client {
  #transaction: Transaction | undefined

  // `never`: of its many forms this says nothing, and whoever holds a pg.Client sees theirs.
  override query(...given: unknown[]): never {
    const [asked] = given as [{ text?: unknown } | null]
    const text = asked !== null && typeof asked === 'object' ? asked.text : asked
    if (text === 'COMMIT' || text === 'ROLLBACK') this.#transaction = undefined
    return super.query(...((text === plainBegin ? [this.#begin()] : given) as [string])) as never
  }

  #begin(): string {
    const wanted = beginning.getStore()
    // One that has begun is not begun again: whatever else begins inside it is nobody's.
    this.#transaction = wanted && !wanted.client ? wanted : { begin: plainBegin }
    this.#transaction.client = this
    return this.#transaction.begin
  }

  /**
   * A statement of this very transaction, past Prisma. Refused once it has ended, also where Prisma ended it by its
   * time limit: on the same connection there may be another officer's by then.
   */
  ask(transaction: Transaction, statement: pg.QueryConfig): Promise<pg.QueryResult> {
    if (this.#transaction === transaction) return this.query(statement)
    return Promise.reject(new Error('The transaction of this statement is over.'))
  }
}
