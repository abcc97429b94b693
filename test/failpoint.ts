import pg from 'pg'
import { type Failpoint, isAt, textOf } from './failpoints'

/**
 * Loaded before a worker, kills it as kill -9 would at the statement that FAILPOINT names (test/failpoints). Only within
 * a transaction that writes blocks, and not in the first, or that takes some back: there must be something to lose.
 */
const [when, what] = (process.env.FAILPOINT ?? '').split(' ') as ['before' | 'after', Failpoint]
const die = () => process.kill(process.pid, 'SIGKILL')

type Query = (...args: unknown[]) => unknown
const original = pg.Client.prototype.query as Query
const writing = new WeakMap<object, number>()
let written = 0

if (what) {
  pg.Client.prototype.query = function (this: object, ...args: unknown[]) {
    const text = textOf(args[0])
    if (isAt('begin', text)) writing.set(this, 0)
    if (isAt('lock', text)) writing.set(this, 1)
    const isOurs = writing.get(this) === 1 || (what === 'begin' && isAt('begin', text))
    if (isAt('commit', text) && writing.get(this) === 1) written += 1
    const isHere = isOurs && (written > 1 || what === 'discard') && isAt(what, text)
    if (isHere && when === 'before') die()
    const result = original.apply(this, args)
    if (isHere && when === 'after') void Promise.resolve(result).then(die, die)
    return result
  } as typeof pg.Client.prototype.query
}
