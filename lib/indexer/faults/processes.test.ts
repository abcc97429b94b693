import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { zeroAddress } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorker, stopWorker, type Worker, workerEnv } from '../../../test/chaos'
import { transfer } from '../../../test/emitted-story'
import { type Moment, moments } from '../../../test/failpoints'
import { setUpFaults } from '../../../test/faulty'
import { until } from '../../../test/until'
import { catchUp, resolveReorg } from '../sync'

// The worker as a process of its own: killed, stopped, woken.

const { place, open, cursor, expectClean } = setUpFaults({ seed: 66, blocks: 40 })
const other = setUpFaults({ seed: 67 })
let directory: string
let env: NodeJS.ProcessEnv
let handover: ReturnType<typeof stopOne>
const isLevel = async () => (await cursor())?.hash === (await place.chain.head()).hash

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'plimsoll-processes-'))
  env = envOf(place, 'deployment.json')
  handover = stopOne()
  handover.catch(() => {}) // told by the test that waits for it
})
afterAll(() => rmSync(directory, { recursive: true }))

function envOf({ chain, database }: typeof place, name: string): NodeJS.ProcessEnv {
  const file = join(directory, name)
  writeFileSync(file, JSON.stringify(chain.deployment))
  return workerEnv(database, chain, file)
}

/** In this process, and without a lead to wait for: whoever had it is dead. */
async function level(): Promise<void> {
  const session = await open()
  // Somebody may have died before a fork was followed.
  if (session.cursor.number > 0n) await resolveReorg(session)
  await catchUp(session, (await place.chain.head()).number)
}

/** So that whoever dies at this point comes there: blocks for three transactions, the last with a transfer, or a fork. */
async function prepare(point: Moment): Promise<void> {
  await level() // what comes after is live: a transaction a block
  await place.chain.addBlocks(3)
  if (point.endsWith('discard')) {
    await level()
    return place.chain.reorganise(2)
  }
  const entries = [transfer(zeroAddress, '0x00000000000000000000000000000000000ca5e1', 5n)]
  await place.chain.addBlock({ part: 'spare', entries })
}

test('F26 kill -9 at each failpoint: the next start goes on where the last commit was, within ten seconds', async () => {
  let least = 0n
  for (const point of moments) {
    await prepare(point)
    const doomed = await startWorker({ ...env, FAILPOINT: point })
    await Promise.race([doomed.ended, until(isLevel, 60)])
    doomed.process.kill('SIGTERM') // of one that should have died and did not
    await doomed.ended
    expect([point, doomed.process.signalCode]).toEqual([point, 'SIGKILL'])
    const at = (await cursor())?.number ?? 0n
    expect(at).toBeGreaterThanOrEqual(point.endsWith('discard') ? least - 2n : least)
    least = at
  }
  const worker = await startWorker(env)
  const start = Date.now()
  await until(isLevel, 60)
  expect(Date.now() - start).toBeLessThan(10_000)
  await stopWorker(worker)
  await expectClean()
}, 300_000)

/** A worker of another ledger that is stopped, and one that takes its place; and when that was. */
async function stopOne() {
  const { place, cursor } = other
  const isLevel = async () => (await cursor())?.hash === (await place.chain.head()).hash
  const env = envOf(place, 'other.json')
  const stopped = await startWorker(env)
  await until(isLevel, 60)
  const before = (await cursor())!.writerEpoch
  stopped.process.kill('SIGSTOP')
  const stoppedAt = Date.now()
  await place.chain.addBlocks(2)
  const next: Worker = await startWorker(env)
  await until(isLevel, 60)
  const { writerEpoch } = (await cursor())!
  expect(writerEpoch).toBeGreaterThan(before)
  return { stopped, next, stoppedAt, writerEpoch, isLevel }
}

test('F27 a worker that is stopped for a minute loses the lead, and having woken writes nothing', async () => {
  const { stopped, next, stoppedAt, writerEpoch, isLevel } = await handover
  // Most of the minute went by while others were killed above.
  await pause(Math.max(stoppedAt + 60_000 - Date.now(), 0))
  stopped.process.kill('SIGCONT')
  await other.place.chain.addBlocks(3)
  await until(isLevel, 60)
  expect((await other.cursor())?.writerEpoch).toBe(writerEpoch)
  await Promise.all([stopWorker(stopped), stopWorker(next)])
  await other.expectClean()
}, 180_000)
