import { zeroAddress } from 'viem'
import { expect, test } from 'vitest'
import { transfer } from '../../../test/emitted-story'
import { setUpFaults } from '../../../test/faulty'
import { createRandom } from '../../../test/random'
import { until } from '../../../test/until'
import { commitBlocks } from '../commit'
import { fetchBlocks } from '../fetch/blocks'
import { catchUp } from '../sync'

// Several that write, or one that hands over to itself: every row once.

const { place, index, open, digest, head, follow, expectClean } = setUpFaults({ seed: 65 })

test('F09 a block twice, out of order, and by two workers at once: rows are there once', async () => {
  await index()
  await place.chain.addBlocks(3)
  const session = await open()
  const [from, last] = [session.cursor, await head()]
  const blocks = await fetchBlocks(session.source, from.number + 1n, last)
  await expect(commitBlocks(session.writer, from, blocks.toReversed(), last)).rejects.toMatchObject({
    code: 'parent-mismatch',
  })
  const twice = [
    commitBlocks(session.writer, from, blocks, last),
    commitBlocks(session.writer, from, blocks, last),
  ]
  const outcomes = await Promise.allSettled(twice)
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const before = await digest()
  await expect(commitBlocks(session.writer, from, blocks, last)).rejects.toMatchObject({
    code: 'cursor-moved',
  })
  expect(await digest()).toBe(before)
  await expectClean()
})

test('F27 two indexers start together: one writes, and one that wakes late is fenced', async () => {
  const late = await open()
  const two = [follow(), follow()]
  await until(() => two.some(({ said }) => said('indexing')))
  await place.chain.addBlocks(2)
  await until(two[0]!.isLevel)
  expect(two.filter(({ said }) => said('indexing'))).toHaveLength(1)
  const before = await digest()
  await place.chain.addBlocks(1)
  await expect(catchUp(late, await head())).rejects.toMatchObject({
    code: expect.stringMatching('fenced|cursor-moved'),
  })
  await until(two[0]!.isLevel)
  await Promise.all(two.map(({ stop }) => stop()))
  expect(await digest()).not.toBe(before)
  await expectClean()
})

test('F28 from history to live and back, two hundred times: nothing twice, nothing missing', async () => {
  const random = createRandom(28)
  const indexer = follow()
  for (let round = 0; round < 200; round++) {
    // More than twelve blocks behind is history, fewer is live.
    await place.chain.request('anvil_mine', [`0x${(1 + random.below(24)).toString(16)}`])
    if (round % 4 === 0) {
      const entries = [transfer(zeroAddress, '0x00000000000000000000000000000000000ca5e1', 5n)]
      await place.chain.addBlock({ part: 'spare', entries })
    }
    if (random.chance(0.3)) await until(indexer.isLevel)
  }
  await until(indexer.isLevel, 60)
  await indexer.stop()
  const { rows } = await place.pool.query(
    'SELECT count(*)::int FROM transfer WHERE amount = 5 AND "to" LIKE \'%ca5e1\'',
  )
  expect(rows[0].count).toBe(50)
  await expectClean()
}, 240_000)
