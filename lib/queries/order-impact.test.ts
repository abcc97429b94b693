import { afterAll, beforeAll, expect, test } from 'vitest'
import { withActor } from '@/lib/db/client'
import { databaseForThisFile } from '@/test/database'
import { ago, chainId, type Factory, hashOf, officerOf, openFactory, people } from '@/test/factories'
import { insertSupervisedWorld } from '@/test/supervised-world'
import { findImpact } from './order-drift'

const database = databaseForThisFile()
let factory: Factory
const [ann, , , dan] = people
const tierOfDan = '1'

beforeAll(async () => {
  factory = await openFactory(database.superUrl)
  await insertSupervisedWorld(factory)
  const refusal = { sender: dan.account, from: dan.account, to: ann.account, from_identity: dan.identity }
  const ofTier = { code: 22, subject: tierOfDan, time: ago(2) }
  await factory.insert(
    'refused_transfer',
    { ...refusal, ...ofTier, block_number: 200n, tx_hash: hashOf(200), amount: '300', headroom: '200' },
    { ...refusal, ...ofTier, block_number: 201n, tx_hash: hashOf(201), amount: '9000', headroom: '200' },
    // The same tier refused somebody else.
    {
      ...{ ...refusal, ...ofTier, from_identity: ann.identity, from: ann.account, sender: ann.account },
      ...{ block_number: 202n, tx_hash: hashOf(202), amount: '300', headroom: '200' },
    },
    // What the recipient may hold.
    {
      ...{ ...refusal, ...ofTier, code: 27, from: ann.account, from_identity: ann.identity, to: dan.account },
      ...{ block_number: 203n, tx_hash: hashOf(203), amount: '50', headroom: '0' },
    },
  )
})
afterAll(() => factory.close())

const impact = (change: Partial<Parameters<typeof findImpact>[2]>) =>
  withActor(officerOf('analyst'), (tx) =>
    findImpact(
      tx,
      chainId,
      { scope: 0, subject: dan.identity, window: 1, before: undefined, after: 2100n, ...change },
      ago(0),
    ),
  )

test('a customer without a limit of its own is judged by what its tier refused it', async () => {
  expect((await impact({}))?.sentence).toBe(
    '1 of 2 transfers that this limit refused in the last 30 days: 1 customer, 3.00 USD.',
  )
  expect((await impact({ window: 3, after: 20_050n }))?.sentence).toContain('1 of 1 transfer')
})

test('what is not above the tier’s limit lets nothing more pass', async () => {
  expect(await impact({ after: 2000n })).toBeNull()
})

test('a firm without a limit can only be narrowed', async () => {
  expect(await impact({ scope: 2, subject: '3', after: 10n })).toBeNull()
})
