import { startTestCluster } from '../cluster'
import { startBenchChain } from './chain'
import { durable } from './cluster-settings'
import { type Competitor, type Ground, plimsoll, ponder, type Run, type Timing, timeRun } from './competitors'
import { timeRawLimit } from './raw-limit'
import { measureShares } from './shares'

/** `all`: Ponder as it comes, and 0.16.10, run once beside the rounds. */
export type Options = { blocks: number; rounds: number; all: boolean; folder: string }

/** Rounds of ours and of Ponder 1.0.0 tuned, each round in the other order; prints as it goes, the ratio last. */
export async function benchIndex({ blocks, rounds, all, folder }: Options): Promise<void> {
  const small = Math.round((blocks * 3) / 4)
  const chain = await startBenchChain(folder, { small, large: blocks - small, fan: 65 })
  const cluster = await startTestCluster(durable)
  const ground: Ground = { cluster, databasePid: cluster.pid, chain }
  const [ours, theirs] = [plimsoll(), ponder('1.0.0', true)]
  const runs = new Map<Competitor, Run[]>([ours, theirs].map((each) => [each, []]))
  try {
    console.log(
      `${chain.events} events in ${chain.head} blocks; PostgreSQL with fsync; ${rounds} rounds\n${heads}`,
    )
    const say = async (competitor: Competitor) => {
      const run = await timeRun(competitor, ground)
      console.log(lineOf(competitor.name, run, chain.events))
      return run
    }
    for (let round = 0; round < rounds; round++) {
      for (const each of round % 2 === 0 ? [theirs, ours] : [ours, theirs])
        runs.get(each)!.push(await say(each))
    }
    const others = all ? [ponder('1.0.0', false), ponder('0.16.10', true), ponder('0.16.10', false)] : []
    for (const each of others) await say(each)

    const shares = await measureShares(ground)
    const raw = await timeRawLimit(ground)
    const [us, them] = [medianOf(runs.get(ours)!), medianOf(runs.get(theirs)!)]
    const failed = [...runs].map(([{ name }, list]) => `${name} ${list.filter(isFailure).length}`).join(', ')
    console.log(`\nfailed runs: ${failed}`)
    console.log(
      `our time: ${[...shares].map(([name, part]) => `${name} ${Math.round(part * 100)} %`).join(', ')}`,
    )
    const { fetch, copy } = raw
    const [side, after] = [us.wall / Math.max(fetch, copy), us.wall / (fetch + copy)]
    console.log(
      `raw limit: fetch ${fetch.toFixed(1)} s, COPY ${copy.toFixed(1)} s; ours is ${side.toFixed(2)} of the longer and ${after.toFixed(2)} of their sum`,
    )
    console.log(
      `CPU ratio ${(them.cpu / us.cpu).toFixed(1)}, memory ratio ${(them.memory / us.memory).toFixed(1)}`,
    )
    console.log(`ratio ${(them.wall / us.wall).toFixed(1)}`)
  } finally {
    await cluster.stop()
    await chain.stop()
  }
}

const isFailure = (run: Run) => 'failure' in run

function medianOf(runs: readonly Run[]): Timing {
  const timings = runs.filter((run) => 'wall' in run)
  if (timings.length === 0) throw new Error('No run was exact')
  const middle = (field: keyof Timing) => {
    const values = timings.map((timing) => timing[field]).sort((a, b) => a - b)
    const [low, high] = [values[Math.ceil(values.length / 2) - 1]!, values[Math.floor(values.length / 2)]!]
    return (low + high) / 2
  }
  const [wall, cpu, memory] = [middle('wall'), middle('cpu'), middle('memory')]
  return { wall, cpu, memory, databaseCpu: middle('databaseCpu'), nodeCpu: middle('nodeCpu') }
}

const columns = ['wall s', 'events/s', 'CPU s', 'peak MB', 'PostgreSQL CPU s', 'node CPU s']
const heads = `${''.padEnd(24)}${columns.map((column) => column.padStart(column.length + 3)).join('')}`

function lineOf(name: string, run: Run, events: number): string {
  if ('failure' in run) return `${name.padEnd(24)}   FAILED: ${run.failure}`
  const { wall, cpu, memory, databaseCpu, nodeCpu } = run
  const values = [
    wall.toFixed(1),
    Math.round(events / wall),
    cpu.toFixed(1),
    Math.round(memory),
    databaseCpu,
    nodeCpu,
  ]
  const cells = values.map((value, at) => {
    const text = typeof value === 'string' ? value : at > 3 ? value.toFixed(1) : String(value)
    return text.padStart(columns[at]!.length + 3)
  })
  return name.padEnd(24) + cells.join('')
}
