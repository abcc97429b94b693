import { setTimeout as pause } from 'node:timers/promises'
import { finalBlockOf, findCursor } from '../../lib/db/ledger/chain'
import { chainConfigOf } from '../../lib/indexer/config'
import { moments } from '../failpoints'
import { createRandom, type Random } from '../random'
import { chainId, createHistory, type Tip } from './history'
import { drawMischief } from './lies'
import type { Replays } from './node'
import type { Place } from './place'
import { differencesOf, storedFacts } from './stored'
import { truthOf } from './truth'
import { createWorker } from './worker'

export type Verdict = {
  seed: number
  /** What happened, in order. */
  history: string[]
  /** The first differences from the truth; none: the seed passed. */
  differences: string[]
}

/** The first difference ends the seed. */
class Difference extends Error {
  constructor(readonly lines: string[]) {
    super(lines[0])
  }
}

/**
 * One random run: a chain grows and forks, nodes lie, fail, lag and disagree, two workers write in turns or at once and
 * die in the midst of it. What is stored must be true at every look, and in the end the same as a clean re-index.
 */
export async function runSeed(place: Place, seed: number): Promise<Verdict> {
  const history: string[] = []
  const tell = (what: string) => void history.push(what)
  await place.empty()
  const world = await openWorld(place, seed, tell)
  try {
    await within(120, world.live())
    return { seed, history, differences: [] }
  } catch (error) {
    const lines = error instanceof Difference ? error.lines : [`broke off: ${(error as Error).stack}`]
    return { seed, history: [...history, ...world.lastWords()], differences: lines }
  } finally {
    await world.end()
  }
}

/** A seed that hangs has failed like any other, and is named. */
async function within(seconds: number, life: Promise<void>): Promise<void> {
  const over = new AbortController()
  const hung = pause(seconds * 1000, undefined, { signal: over.signal }).then(() => {
    throw new Difference([`not over after ${seconds} s`])
  })
  hung.catch(() => {})
  return Promise.race([life, hung]).finally(() => over.abort())
}

async function openWorld(place: Place, seed: number, tell: (what: string) => void) {
  const [drawing, random] = [createRandom(seed), createRandom(seed ^ 0x5eed)]
  const chain = await createHistory(drawing)
  const depth = 4 + random.below(12)
  const finality = random.chance(0.25) ? ('finalized' as const) : depth
  const replays = random.pick<Replays>(['trace', 'trace', 'call', 'neither'])
  const config = chainConfigOf(chain.deployment, finality)
  const several = random.chance(0.6)
  const nodes = several ? [...place.nodes] : [place.nodes[0]]
  for (const node of place.nodes) {
    node.configure({ replays, finalLag: depth })
    node.proxy.clear()
  }
  let clock = 1_000_000
  const rpcUrls = nodes.map(({ proxy }) => proxy.rpcUrl)
  const basis = { workerUrl: place.workerUrl, rpcUrls, config, now: () => clock }
  const workers = ['first', 'second'].map((name, at) => createWorker(name, { ...basis, seed: seed + at }))
  let highest = 0n
  tell(
    `finality ${finality}${several ? ', two nodes' : ''}, ${chain.deployment.instruments.length} instruments, replays by ${replays}`,
  )

  const show = (some = nodes) => {
    for (const node of some) node.show(chain.tip())
    if (chain.tip().number > highest) highest = chain.tip().number
  }
  const grow = async (blocks: number) => {
    await chain.extend(blocks)
    tell(`${blocks} blocks: the head is ${chain.tip().number} ${chain.tip().hash.slice(0, 10)}`)
  }

  /** How many blocks may be replaced so that nothing final is, whoever has seen whichever head. */
  const loose = () => Number(chain.tip().number - (highest - BigInt(depth)))

  async function fork(): Promise<void> {
    const most = Math.min(loose(), Number(chain.tip().number) - 1)
    if (most < 1) return
    const blocks = 1 + random.below(most)
    chain.forget(blocks)
    tell(`the last ${blocks} blocks are replaced`)
    await grow(Math.max(1, blocks - 1 + random.below(4)))
  }

  async function turn(doomed = false): Promise<void> {
    const worker = random.pick(workers)
    const doom = doomed ? random.pick(moments) : undefined
    const ending = await worker.turn(doom)
    tell(`the ${worker.name} worker: ${ending}${doom ? ` (to die ${doom})` : ''}`)
  }

  /** What is stored, in the midst of all this, is what is true of the block at which the cursor stands. */
  async function look(): Promise<void> {
    const cursor = await findCursor(place.stored, chainId)
    if (!cursor) return
    const tip = chain.byHash.get(cursor.hash)
    if (!tip)
      throw new Difference([`the cursor is at a block that never was: ${cursor.number} ${cursor.hash}`])
    await judge(tip)
  }
  async function judge(tip: Tip): Promise<void> {
    const truth = truthOf(tip, chain.deployment, replays === 'neither' ? null : 22)
    const differences = differencesOf(truth, await storedFacts(place.stored, chainId))
    if (differences.length > 0) throw new Difference(differences)
  }

  /** Everybody tells the truth, and enough time passes; then the index must get there. */
  async function settle(): Promise<void> {
    for (const node of nodes) {
      node.proxy.clear()
      node.after(0, undefined)
    }
    show()
    const worker = random.pick(workers)
    for (let left = 20; left > 0; left--) {
      clock += 1_000_000
      await worker.turn()
      const cursor = await findCursor(place.stored, chainId)
      if (cursor?.hash === chain.tip().hash) return tell('settled')
    }
    const cursor = await findCursor(place.stored, chainId)
    throw new Difference([
      `stuck at ${cursor?.number} ${cursor?.hash}, the head is ${chain.tip().number} ${chain.tip().hash}: ${cursor?.haltReason}`,
    ])
  }

  /** Below finality nothing may be taken back, however often it is asked for. */
  async function forkBelow(): Promise<void> {
    if (finality === 'finalized' || Number(chain.tip().number) < depth + 3) return
    await settle()
    const before = (await findCursor(place.stored, chainId))!
    const back = chain.mark()
    const blocks = depth + 1 + random.below(2)
    chain.forget(blocks)
    tell(`the last ${blocks} blocks are replaced, below finality`)
    await chain.extend(blocks + random.below(3))
    for (const node of nodes) node.show(chain.tip())
    // Begun anew, so that it is the one that may say so: one that was overtaken without noticing is not.
    const worker = random.pick(workers)
    await worker.end()
    for (let left = 4; left > 0; left--) await worker.turn()
    const cursor = (await findCursor(place.stored, chainId))!
    if (cursor.hash !== before.hash || finalBlockOf(cursor, finality) < finalBlockOf(before, finality))
      throw new Difference([`what was final was taken back: ${before.number} to ${cursor.number}`])
    if (!cursor.haltReason) throw new Difference(['the chain parted below finality and nothing was said'])
    back()
    tell('it is the old chain again')
    await settle()
  }

  const happenings: Record<string, [number, () => Promise<void> | void]> = {
    grow: [20, () => grow(1 + random.below(5)).then(() => show())],
    leap: [4, () => grow(14 + random.below(30)).then(() => show())],
    turn: [26, () => turn()],
    die: [14, () => turn(true)],
    fork: [10, () => fork().then(() => show())],
    forkBelow: [2, forkBelow],
    mislead: [12, () => mislead(random, nodes, tell)],
    relent: [4, () => relent()],
    both: [4, () => both()],
    beside: [6, () => beside()],
    stage: [6, () => stage()],
    surprise: [6, () => surprise()],
    apart: [6, () => apart()],
    look: [6, () => look()],
    wait: [4, () => wait()],
  }
  const often = Object.values(happenings).flatMap(([weight, happen]) =>
    Array.from({ length: weight }, () => happen),
  )

  function relent(): void {
    for (const { proxy } of nodes) proxy.clear()
    tell('nobody lies any more')
  }

  function wait(): void {
    const ms = 1 + random.below(60_000)
    clock += ms
    tell(`${ms} ms pass`)
  }

  async function both(): Promise<void> {
    const endings = await Promise.all(workers.map((worker) => worker.turn()))
    tell(`both workers at once: ${endings.join(', ')}`)
  }

  /** One leads through a gap and the other fetches for it; either may die, and what is staged outlives both. */
  async function beside(): Promise<void> {
    await grow(14 + random.below(30))
    show()
    const [leader, helper] = random.chance(0.5) ? workers : workers.toReversed()
    const [doom, doomOfHelper] = [0.3, 0.3].map((chance) =>
      random.chance(chance) ? random.pick(moments) : undefined,
    )
    let over = false
    const helping = helper!.help(() => over, doomOfHelper)
    let ending = await leader!.turn(doom)
    // One that was overtaken learns it first.
    if (ending === 'fenced') ending = await leader!.turn(doom)
    over = true
    tell(`the ${leader!.name} worker: ${ending}${doom ? ` (to die ${doom})` : ''}`)
    tell(`the other: ${await helping}${doomOfHelper ? ` (to die ${doomOfHelper})` : ''}`)
  }

  /** Nobody leads at the moment, and somebody fetches what the last leader had offered. */
  async function stage(): Promise<void> {
    const helper = random.pick(workers)
    tell(`the ${helper.name} worker fetches what is offered: ${await helper.help(() => true)}`)
  }

  /** The chain forks while somebody is in the midst of reading it. */
  async function surprise(): Promise<void> {
    const calls = 1 + random.below(8)
    await fork()
    const tip = chain.tip()
    if (tip.number > highest) highest = tip.number
    const node = random.pick(nodes)
    node.after(calls, () => node.show(tip))
    tell(`a node goes over to it after ${calls} calls`)
    await turn()
    node.after(0, undefined)
    show()
  }

  /** One node goes on alone, or stays behind, or stays on the branch that the others have left. */
  async function apart(): Promise<void> {
    const one = random.pick(nodes)
    if (random.chance(0.5)) await fork()
    else await grow(1 + random.below(4))
    show([one])
    tell('only one node knows')
    await turn()
    if (random.chance(0.5)) show()
  }

  async function live(): Promise<void> {
    await grow(1 + random.below(40))
    show()
    for (let left = 25 + random.below(20); left > 0; left--) await random.pick(often)()
    await settle()
    await judge(chain.tip())
    await place.reindex(config, chain.tip().number)
    const differences = await place.compare()
    if (differences.length > 0) throw new Difference(differences)
  }

  return {
    live,
    lastWords: () => workers.flatMap(({ said }) => said.slice(-5)),
    end: async () => void (await Promise.all(workers.map((worker) => worker.end()))),
  }
}

function mislead(
  random: Random,
  nodes: readonly Place['nodes'][number][],
  tell: (what: string) => void,
): void {
  const { name, method, trouble } = drawMischief(random)
  const times = 1 + random.below(4)
  const some = random.chance(0.2) ? nodes : [random.pick(nodes)]
  for (const { proxy } of some) proxy.when({ method, times }, trouble)
  tell(`${some.length === nodes.length ? 'every node' : 'a node'} says ${name}, ${times} times`)
}
