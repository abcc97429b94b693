import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorker, stopWorker, workerEnv } from '../../../test/chaos'
import { setUpFaults } from '../../../test/faulty'
import { until } from '../../../test/until'

// `npm run rebuild` and the worker as processes of their own.

const { place, digest, cursor, expectClean } = setUpFaults({ seed: 78, blocks: 90 })
let directory: string
let env: NodeJS.ProcessEnv
const isLevel = async () => (await cursor())?.hash === (await place.chain.head()).hash

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'plimsoll-rebuild-'))
  const file = join(directory, 'deployment.json')
  writeFileSync(file, JSON.stringify(place.chain.deployment))
  const { database } = place
  const { gate, authority, firm } = database.urls
  env = {
    ...workerEnv(database, place.chain, file),
    ...{ DATABASE_URL: database.ownerUrl, DATABASE_URL_GATE: gate },
    ...{ DATABASE_URL_AUTHORITY: authority, DATABASE_URL_FIRM: firm, PLIMSOLL_STATE: directory },
  }
})
afterAll(() => rmSync(directory, { recursive: true }))

function start(...words: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/rebuild.ts', ...words], { env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = new Promise<number | null>((resolve) => void child.once('exit', resolve))
  return { child, ended, output: () => output }
}

test('kill -9 half-way changes nothing; run again beside a worker it takes over, and the worker goes on', async () => {
  const worker = await startWorker(env)
  await until(isLevel, 60)
  const before = await digest()
  const doomed = start()
  await until(() => /^block \d+ of/m.test(doomed.output()), 60)
  doomed.child.kill('SIGKILL')
  await doomed.ended
  expect(await digest()).toBe(before)

  for (const [version, words] of [
    ['2|3', []],
    ['[34]', ['--node']],
  ] as const) {
    const whole = start(...words)
    expect({ code: await whole.ended, output: whole.output() }).toMatchObject({
      code: 0,
      output: expect.stringMatching(`Version (${version}) is in force from block`),
    })
    await place.chain.addBlocks(3)
    await until(isLevel, 60)
  }
  expect(worker.output()).toContain('another worker took over')
  await stopWorker(worker)
  await expectClean()
}, 240_000)
