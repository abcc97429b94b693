import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { databaseForThisFile } from '@/test/database'
import { ago, type Factory, hashOf, insertWorld, officerOf, openFactory, people, usd } from '@/test/factories'
import { getMeasuresPage } from './measures'

vi.mock('@/lib/env', () => ({ env: () => ({ chainId: 31337 }) }))

const database = databaseForThisFile()
let factory: Factory
const [ann] = people

beforeAll(async () => {
  factory = await openFactory(database.superUrl)
  await insertWorld(factory)
  for (let order = 1; order <= 65; order++) {
    await factory.insert('measure', {
      ...{
        block_number: BigInt(order),
        log_index: 0,
        time: ago(130 - order),
        order_id: hashOf(order),
        kind: 4,
      },
      ...{
        instrument: usd,
        subject: ann.account,
        firm_id: 1,
        review_by: ago(Math.max(order - 60, -1)),
        expires_at: ago(order - 60),
      },
    })
  }
})
afterAll(() => factory.close())

test('pages of measures in force, newest first, with what they are about', async () => {
  const first = await getMeasuresPage(officerOf('analyst'), {})
  if (!first.ok) throw new Error(first.refusal.message)
  expect(first.value.rows).toHaveLength(50)
  expect(first.value.tabs).toEqual([
    { tab: 'standing', count: 59 },
    { tab: 'overdue', count: 0 },
    { tab: 'lapsed', count: 6 },
    { tab: 'lifted', count: 0 },
  ])
  expect(first.value.rows[0]).toMatchObject({
    ...{ key: hashOf(59), kind: 'freeze', state: 'standing', firm: { id: 1 }, instrument: { symbol: 'USD' } },
    ...{ account: ann.account, customer: { identity: ann.identity } },
  })
  const second = await getMeasuresPage(officerOf('analyst'), { after: first.value.next! })
  expect(second.ok && second.value.rows.map(({ key }) => key)).toEqual(
    [9, 8, 7, 6, 5, 4, 3, 2, 1].map(hashOf),
  )
})

test('by tab; another firm sees none; a forged place is refused', async () => {
  const lapsed = await getMeasuresPage(officerOf('viewer', 1), { tab: 'lapsed' })
  expect(lapsed.ok && lapsed.value.rows).toHaveLength(6)
  const other = await getMeasuresPage(officerOf('viewer', 2), {})
  expect(other.ok && other.value.rows).toEqual([])
  const forged = await getMeasuresPage(officerOf('analyst'), { after: 'x' })
  expect(forged).toMatchObject({ ok: false, refusal: { code: 'bad-input' } })
})
