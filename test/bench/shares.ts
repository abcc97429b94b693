import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Ground, plimsoll, timeRun } from './competitors'

type Frame = { functionName: string; url: string }
type Node = { id: number; callFrame: Frame; children?: number[] }
type Profile = { nodes: Node[]; samples: number[]; timeDeltas: number[] }

/** By the innermost file of ours under which the time was spent. */
const stages: readonly (readonly [stage: string, files: RegExp])[] = [
  ['verify', /lib\/indexer\/verify/],
  ['write', /lib\/db\/|node_modules\/pg/],
  ['decode', /lib\/indexer\/(decode|events|reducer|draft|commit|collectors)/],
  ['fetch', /lib\/chain\/rpc|lib\/indexer\/(fetch|sync)|undici/],
  ['start', /node_modules\/tsx|internal\/modules|internal\/bootstrap/],
]

/** How the indexer's own working time divides, from a profile of one more run: shares that sum to 1. */
export async function measureShares(ground: Ground): Promise<Map<string, number>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-profile-'))
  try {
    await timeRun(plimsoll(folder), ground)
    const profiles = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8'))
    const largest = profiles.sort((a, b) => b.length - a.length)[0]
    if (!largest) throw new Error('The run left no profile')
    return divide(JSON.parse(largest))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function divide({ nodes, samples, timeDeltas }: Profile): Map<string, number> {
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  )
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const stageOf = (id: number): string => {
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const { url, functionName } = frames.get(at)!
      if (functionName === '(idle)') return 'idle'
      if (functionName === '(garbage collector)') return 'memory'
      const stage = stages.find(([, files]) => files.test(url))
      if (stage) return stage[0]
    }
    return 'other'
  }
  const stageById = new Map(nodes.map(({ id }) => [id, stageOf(id)]))
  const spent = new Map<string, number>()
  for (const [at, id] of samples.entries()) {
    const stage = stageById.get(id)!
    if (stage !== 'idle') spent.set(stage, (spent.get(stage) ?? 0) + Math.max(0, timeDeltas[at] ?? 0))
  }
  const busy = [...spent.values()].reduce((sum, time) => sum + time, 0)
  return new Map([...spent].sort(([, a], [, b]) => b - a).map(([stage, time]) => [stage, time / busy]))
}
