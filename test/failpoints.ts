/**
 * Where a worker can die while it writes: the statements of a transaction in their order, each before it is sent and
 * after PostgreSQL has done it and before the worker knows. The one list of them: test/failpoint kills a process at
 * each, the simulation a worker in its own process.
 */
export const failpoints = {
  begin: /^BEGIN/,
  lock: /pg_advisory_xact_lock/,
  facts: /^INSERT INTO "block"/,
  projections: /^INSERT INTO "(transfer|firm|account)"/,
  discard: /^(WITH gone AS \()?DELETE FROM/,
  cursor: /^UPDATE cursor SET number/,
  notify: /pg_notify/,
  commit: /^COMMIT/,
} as const

export type Failpoint = keyof typeof failpoints
export type Moment = `${'before' | 'after'} ${Failpoint}`

export const moments = (Object.keys(failpoints) as Failpoint[]).flatMap((name): Moment[] => [
  `before ${name}`,
  `after ${name}`,
])

export const isAt = (name: Failpoint, statement: string) => failpoints[name].test(statement)

/** The text of whatever is given to pg's `query`. */
export function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  const { text } = (query ?? {}) as { text?: unknown }
  return typeof text === 'string' ? text : ''
}
