import pg from 'pg'

/**
 * Loaded before a worker, kills it as kill -9 would at the statement that FAILPOINT names: `before cursor` dies before
 * it is sent, `after commit` once PostgreSQL has done it and before the worker knows. Only within a transaction that
 * writes blocks, and not in the first: there must be something to lose.
 */
export const failpoints = {
  begin: /^BEGIN/,
  lock: /pg_advisory_xact_lock/,
  facts: /block"? *\(|COPY "?block|"block"/,
  cursor: /^UPDATE cursor SET number/,
  notify: /pg_notify/,
  commit: /^COMMIT/,
} as const

const [when, what] = (process.env.FAILPOINT ?? '').split(' ') as ['before' | 'after', keyof typeof failpoints]
const die = () => process.kill(process.pid, 'SIGKILL')

type Query = (...args: unknown[]) => unknown
const original = pg.Client.prototype.query as Query
const writing = new WeakMap<object, number>()
let written = 0

if (what) {
  pg.Client.prototype.query = function (this: object, ...args: unknown[]) {
    const text = textOf(args[0])
    if (failpoints.begin.test(text)) writing.set(this, 0)
    if (failpoints.lock.test(text)) writing.set(this, 1)
    const isOurs = writing.get(this) === 1 || (what === 'begin' && failpoints.begin.test(text))
    if (failpoints.commit.test(text) && writing.get(this) === 1) written += 1
    const isHere =
      isOurs && (written > 1 || (what === 'commit' && written > 1)) && failpoints[what].test(text)
    if (isHere && when === 'before') die()
    const result = original.apply(this, args)
    if (isHere && when === 'after') void Promise.resolve(result).then(die, die)
    return result
  } as typeof pg.Client.prototype.query
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  const { text } = (query ?? {}) as { text?: unknown }
  return typeof text === 'string' ? text : ''
}
