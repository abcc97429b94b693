import { beforeAll, beforeEach, expect, test } from 'vitest'
import { transfer } from '../../../test/emitted-story'
import type { Lie } from '../../../test/fault-proxy'
import { setUpFaults } from '../../../test/faulty'
import { until } from '../../../test/until'
import { commitBlocks } from '../commit'
import { fetchBlocks } from '../fetch/blocks'
import { checkLogsJob } from '../nodes/check-logs'
import { catchUp, openSession, resolveReorg } from '../sync'
import { createPager } from '../worker/pager'

// A node that says of a block what is not so: refused by name, passed by for another node, and nothing of it is written.

const { place, index, digest, open, both, head, settle, cursor, follow, expectClean, expectCaught, forge } =
  setUpFaults({ seed: 62 })

type Receipt = Record<string, unknown> & { logs: Record<string, string>[] }
const account = (n: number) => `0x00000000000000000000000000000000000ca5${n}0` as const
const inReceipts =
  (change: (receipts: Receipt[]) => void): Lie =>
  (method, _params, receipts: Receipt[]) => {
    if (method !== 'eth_getBlockReceipts' || receipts.length === 0) return undefined
    change(receipts)
    return receipts
  }
const flipped = (data: string) => `${data.slice(0, -1)}${data.endsWith('0') ? '1' : '0'}`

beforeAll(() => index())
beforeEach(async () => {
  // Three logs of one contract and topic: of such no bloom can tell how many there are.
  const entries = [1, 2, 3].map((amount) => transfer(account(1), account(2), BigInt(amount) << 8n))
  await place.chain.addBlock({
    part: 'spare',
    entries: [transfer(`0x${'00'.repeat(20)}`, account(1), 10_000n), ...entries],
  })
})

test('F05 one log missing from a receipt, which leaves bloom and order as they were', () =>
  expectCaught(
    'receipts-root',
    inReceipts((all) => void all.at(-1)!.logs.pop()),
  ))

test('F06 an amount altered by one bit', () =>
  expectCaught(
    'receipts-root',
    inReceipts((all) => {
      const log = all.at(-1)!.logs[1]!
      log.data = flipped(log.data!)
    }),
  ))

test('F07 eth_getLogs empty though there are logs: nothing is taken from it', async () => {
  place.node.when({ method: 'eth_getLogs' }, { lie: () => [] })
  const before = Number((await place.pool.query('SELECT count(*) FROM log')).rows[0].count)
  await index()
  expect(Number((await place.pool.query('SELECT count(*) FROM log')).rows[0].count)).toBe(before + 4)
  expect(place.node.recorded.some(({ method }) => method === 'eth_getLogs')).toBe(false)
  await expectClean()
})

test('F07 a node whose index of logs is broken is named, and named again when it is whole', async () => {
  await index()
  const lines: string[] = []
  const note = (values: object, message: string) => void lines.push(`${message} ${JSON.stringify(values)}`)
  const pager = createPager({ info: note, warn: note, error: note }, place.config.id)
  const { verification, watch } = place.config
  // As if all of it were final: nothing else is compared.
  await place.pool.query('UPDATE cursor SET verified_head = number + 64')
  const job = checkLogsJob(
    place.pool,
    { rpc: place.rpc, verification, watch },
    place.config.id,
    pager,
    () => 0.5,
  )
  const run = () => job.run(new AbortController().signal)
  await run()
  expect(lines).toEqual([])
  place.node.when({ method: 'eth_getLogs' }, { lie: (_method, _params, logs: object[]) => logs.slice(1) })
  await run()
  expect(lines).toEqual([
    expect.stringMatching(/eth_getLogs is not what the receipts say .*"lacks":1,"adds":0/),
  ])
  place.node.clear()
  place.node.when({ method: 'eth_getLogs' }, { error: { code: -32005, message: 'too many' } })
  await run()
  expect(lines).toHaveLength(1)
  place.node.clear()
  await run()
  expect(lines.at(-1)).toMatch(/^over/)
  await place.pool.query('UPDATE cursor SET verified_head = number')
  await expectClean()
})

test('F08 a log twice, the second different: refused; a block given again differently leaves the first', async () => {
  await expectCaught(
    'log-order',
    inReceipts((all) => {
      const { logs } = all.at(-1)!
      logs.push({ ...logs[0]!, data: flipped(logs[0]!.data!) })
    }),
  )
  const session = await open()
  const [last] = await fetchBlocks(session.source, await head(), await head())
  const other = {
    ...last!,
    logs: last!.logs.map((log) => ({ ...log, data: flipped(log.data) as `0x${string}` })),
  }
  const before = await digest()
  const parent = { number: last!.header.number - 1n, hash: last!.header.parentHash, time: 0n }
  await expect(commitBlocks(session.writer, parent, [other], await head())).rejects.toMatchObject({
    code: 'cursor-moved',
  })
  expect(await digest()).toBe(before)
})

test('F10 a bloom that is not its logs’, with the right root', () =>
  expectCaught(
    'bloom-mismatch|receipts-root|header-hash',
    inReceipts((all) => {
      all.at(-1)!.logsBloom = `0x${'ff'.repeat(256)}`
    }),
  ))

test('F10 a root that is not its receipts’, with the right bloom', async () => {
  const { lie } = await forge(await head(), { receiptsRoot: `0x${'5a'.repeat(32)}` })
  await expectCaught('receipts-root', lie)
})

test('F11 a header whose hash is not its content’s', () =>
  expectCaught('header-hash', (method, [, full], block: object) =>
    method === 'eth_getBlockByNumber' && full ? { ...block, stateRoot: `0x${'5a'.repeat(32)}` } : undefined,
  ))

test('F13 a parent that is not ours, from a node that has our head all the same: no reorganisation', async () => {
  const { lie } = await forge(await head(), { parentHash: `0x${'5a'.repeat(32)}` })
  const before = await digest()
  place.node.tell(lie)
  const session = await open()
  await expect(catchUp(session, await head())).rejects.toMatchObject({ code: 'parent-mismatch' })
  expect(await resolveReorg(session)).toBe(0n)
  const alone = follow({ config: { ...place.config, finality: 0 } })
  await until(async () => (await cursor())?.haltReason?.startsWith('parent-mismatch'))
  await alone.stop()
  expect(alone.pages()).toContain('PlimsollRpcProofFailure')
  expect(await digest()).toBe(before)
  const rpc = both()
  const { verification, watch } = place.config
  await catchUp(await openSession(place.pool, { rpc, verification, watch }, place.config), await head())
  expect(rpc.members[0]!.health.fault?.reason).toContain('parent-mismatch')
  await settle()
  await expectClean()
})

test('F07 old blocks, altered data and logs too many are found too; what is not final is not asked for', async () => {
  await place.chain.request('anvil_mine', ['0x50'])
  await index()
  const lines: string[] = []
  const note = (values: object, message: string) => void lines.push(`${message} ${JSON.stringify(values)}`)
  const pager = createPager({ info: note, warn: note, error: note }, place.config.id)
  const { verification, watch } = place.config
  const source = { rpc: place.rpc, verification, watch }
  const job = checkLogsJob(place.pool, source, place.config.id, pager, () => 0.3)
  const run = () => job.run(new AbortController().signal)
  const from = place.node.recorded.length
  await run()
  const last = (await head()) - 64n // the finality of this chain
  const asked = place.node.recorded.slice(from).filter(({ method }) => method === 'eth_getLogs')
  const ends = asked.map(({ params }) => BigInt((params[0] as { toBlock: string }).toBlock))
  expect(ends).toEqual([last, 1n + (3n * (last - 1n)) / 10n])
  expect(lines).toEqual([])
  // From here on all of it is final, and the last 64 blocks are empty: what is changed lies before them.
  await place.pool.query('UPDATE cursor SET verified_head = number + 64')
  for (const [change, found] of [
    [
      (logs: Log[]) => [{ ...logs[0]!, data: flipped(logs[0]!.data) }, ...logs.slice(1)],
      /"lacks":1,"adds":1/,
    ],
    [(logs: Log[]) => [...logs, { ...logs.at(-1)!, logIndex: '0x7f' }], /"lacks":0,"adds":1/],
  ] as const) {
    place.node.when(
      { method: 'eth_getLogs' },
      { lie: (_method, _params, logs: Log[]) => (logs.length > 0 ? change(logs) : undefined) },
    )
    await run()
    expect(lines.at(-1)).toMatch(found)
    place.node.clear()
    await run()
    expect(lines.at(-1)).toMatch(/^over/)
  }
  await place.pool.query('UPDATE cursor SET verified_head = number')
  await expectClean()
})

type Log = Record<string, string> & { data: string }
