import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { workerEnv } from '../../../test/chaos'
import { setUpFaults } from '../../../test/faulty'
import { until } from '../../../test/until'
import { insertRanges } from '../../db/ledger/backfill-range'
import { takeLead } from '../worker/leadership'

// Workers that fetch for the leader, as processes of their own: killed, stopped, woken.

const finality = 4
const { place, open, other, cursor, expectClean } = setUpFaults({ seed: 82, blocks: 150, finality })
const lease = { beatMs: 500, lapsesMs: 3_000 }

function start(more: { dieBefore?: string } = {}) {
  const { database, chain } = place
  const worker = {
    ...{ databaseUrl: database.urls.worker, rpcUrl: other.node.rpcUrl, deployment: chain.deployment },
    ...{ finality, lease, sharing: { size: 40, least: 60, ahead: 160 }, ...more },
  }
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/sharing-worker.ts'], {
    env: { ...workerEnv(database, chain, ''), WORKER: JSON.stringify(worker) },
  })
  process.once('exit', () => child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  return { child, ended, output: () => output }
}

const ask = async (text: string) => (await place.pool.query(`SELECT ${text}`)).rows[0]
const staged = async () => Number((await ask('coalesce(max(number), 0) AS to FROM staged.block')).to)
const epochs = async () =>
  (await ask("string_agg(epoch::text, ' ' ORDER BY from_block) AS all FROM staged.backfill_range")).all
const everything = async () => {
  const texts = ['block', 'transaction', 'receipt', 'log', 'backfill_range'].map(
    (table) => `(SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM staged.${table} t)`,
  )
  return Object.values(await ask(texts.map((text, at) => `${text} AS t${at}`).join(', '))).join(' ')
}

test('a range goes on where its claimant was killed or stopped, and who wakes writes nothing of it', async () => {
  await open()
  const lead = (await takeLead(place.pool, place.config.id, lease))!
  await insertRanges(place.pool, place.config.id, 40n, 79n, 40n)

  const killed = start({ dieBefore: 'INSERT INTO "block"' })
  await killed.ended
  expect([killed.child.signalCode, await staged()]).toEqual(['SIGKILL', 59])

  other.node.when({ method: 'eth_getBlockByNumber', block: 65n, times: 1 }, { delayMs: 5_000 })
  const before = await epochs()
  const stopped = start()
  await until(async () => (await epochs()) !== before, 60)
  stopped.child.kill('SIGSTOP')
  expect(await staged()).toBe(59)

  const next = start()
  await until(async () => (await staged()) === 79, 60)
  const whole = await everything()
  stopped.child.kill('SIGCONT')
  await until(() => stopped.output().includes('no longer ours'), 60)
  expect(await everything()).toBe(whole)

  lead.release()
  await until(async () => (await cursor())?.hash === (await place.chain.head()).hash, 60)
  for (const { child } of [stopped, next]) child.kill('SIGTERM')
  await Promise.all([stopped.ended, next.ended])
  expect(stopped.output() + next.output()).toMatch(/"staged":"[48]0"/)
  await expectClean()
}, 240_000)
