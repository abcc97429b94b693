import type { Hex } from 'viem'
import type { Rpc } from '../../chain/rpc'
import { type Upstream, type Upstreams, upstreamsOf } from '../../chain/upstreams'
import { Fault } from '../../errors/fault'
import type { Header } from '../decode/answers'
import { findHeaders } from '../fetch/blocks'
import type { HeaderVerification } from '../verify/rules'

/** What one node says now: its head, and its hashes at the heights that were asked for, where it has them. */
export type Opinion = {
  by: Upstream
  head: Header
  hashes: ReadonlyMap<bigint, Hex>
  finalized: Header | null
}

export type Question = {
  heights: readonly bigint[]
  verification: HeaderVerification
  /** Whether to ask what it takes for final, too. */
  finalized: boolean
  check: (one: Rpc) => Promise<unknown>
}

/** A node that is slower than the first by so much is not waited for; what it says late counts the next time. */
const graceMs = 250

/**
 * Asks every node that may be asked.
 * @throws the worst Fault, if none answers
 */
export async function survey(rpc: Rpc, question: Question): Promise<Opinion[]> {
  const upstreams = upstreamsOf(rpc)
  const opinions: Opinion[] = []
  const faults: Fault[] = []
  const ended = upstreams.askable().map((by) =>
    ask(upstreams, by, question).then(
      (opinion) => void opinions.push(opinion),
      (error) => {
        if (!(error instanceof Fault)) throw error
        faults.push(error)
      },
    ),
  )
  if (ended.length === 0) await upstreams.attempt(async () => {}) // says why nobody may be asked
  const all = Promise.all(ended)
  await Promise.race([all, afterFirst(ended, () => opinions.length > 0)])
  if (opinions.length === 0) throw faults.find(({ code }) => code.startsWith('wrong-')) ?? faults[0]!
  return [...opinions]
}

async function ask(upstreams: Upstreams, by: Upstream, question: Question): Promise<Opinion> {
  const { heights, check, verification } = question
  const [head, ...others] = await upstreams.only(
    by,
    (one) => findHeaders(one, ['latest', ...heights], verification),
    check,
  )
  if (!head) throw new Fault('block-missing', 'The node has no head')
  const finalized = question.finalized ? await askFinalized(upstreams, by, verification) : null
  const hashes = new Map<bigint, Hex>()
  for (const [index, height] of heights.entries()) {
    const header = others[index]
    if (header) hashes.set(height, header.hash)
  }
  by.health.head = { number: head.number, hash: head.hash }
  return { by, head, hashes, finalized }
}

/** A chain that is young, or has no such thing, is an error to some nodes and nothing to others. */
async function askFinalized(
  upstreams: Upstreams,
  by: Upstream,
  verification: HeaderVerification,
): Promise<Header | null> {
  try {
    const [header] = await upstreams.only(by, (one) => findHeaders(one, ['finalized'], verification))
    return header ?? null
  } catch (error) {
    if (error instanceof Fault && error.code === 'node-error') return null
    throw error
  }
}

/** Resolves some time after the first that answers; never, if none does. */
function afterFirst(ended: readonly Promise<void>[], answered: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    for (const each of ended) {
      each.then(() => {
        if (answered()) setTimeout(resolve, graceMs).unref()
      }, reject)
    }
  })
}
