import { zeroAddress } from 'viem'
import { expect, test } from 'vitest'
import { controlledIndexForThisFile, dateOf } from '../../test/controlled-index'
import { addressOf, firm, identities } from '../../test/controlled-ledger'
import { changeStandings, freezeAndPause, takeAmounts } from '../../test/controlled-story'
import { lower } from './watch'

// The real contracts under real orders: each control has its lines, with the order behind them.

const [ann, ann2, bob] = [addressOf('ann'), addressOf('ann2'), addressOf('bob')]
const { opened, rows, index } = controlledIndexForThisFile()

test('a freeze with its end and its review, one lifted, and a pause', async () => {
  const { ledger } = opened()
  const { usd } = ledger
  const { reviewBy, expiresAt, ...ids } = await freezeAndPause(ledger)
  await index()
  const line = { instrument: lower(usd), firm_id: firm }
  expect(await rows('SELECT * FROM "freeze" ORDER BY block_number')).toMatchObject([
    { ...line, account: bob, frozen: true, until: dateOf(expiresAt), order_id: ids.freeze },
    { ...line, account: ann2, frozen: true, until: null, order_id: ids.second },
    { ...line, account: ann2, frozen: false, until: null, order_id: ids.unfreeze },
  ])
  expect(await rows('SELECT * FROM pause ORDER BY block_number')).toMatchObject([
    { instrument: lower(usd), paused: true, until: dateOf(expiresAt), order_id: ids.pause },
    { instrument: lower(usd), paused: false, until: null, order_id: ids.unpause },
  ])
  const review = { review_by: dateOf(reviewBy) }
  expect(await rows('SELECT * FROM measure ORDER BY block_number')).toMatchObject([
    { ...line, ...review, kind: 4, subject: bob, expires_at: dateOf(expiresAt), order_id: ids.freeze },
    { ...line, ...review, kind: 4, subject: ann2, expires_at: null, order_id: ids.second },
    {
      ...review,
      kind: 8,
      subject: lower(usd),
      firm_id: null,
      expires_at: dateOf(expiresAt),
      order_id: ids.pause,
    },
  ])
})

test('an amount frozen, part of which a forced transfer takes, and a recovery the rest', async () => {
  const ids = await takeAmounts(opened().ledger)
  await index()
  const moved = await rows(
    'SELECT cause, "from", "to", amount::text, frozen_moved::text, order_id FROM transfer ORDER BY block_number, log_index',
  )
  expect(moved).toEqual([
    { cause: 'mint', from: zeroAddress, to: ann, amount: '1000', frozen_moved: '0', order_id: null },
    { cause: 'mint', from: zeroAddress, to: ann, amount: '50', frozen_moved: '0', order_id: null },
    { cause: 'forced', from: ann, to: ann2, amount: '300', frozen_moved: '200', order_id: ids.forced },
    { cause: 'recovery', from: ann, to: ann2, amount: '700', frozen_moved: '700', order_id: ids.recover },
  ])
  const frozen = 'SELECT account, amount::text, order_id FROM frozen_amount ORDER BY block_number, log_index'
  expect(await rows(frozen)).toEqual([
    { account: ann, amount: '900', order_id: ids.amount },
    { account: ann, amount: '700', order_id: ids.forced },
    { account: ann, amount: '0', order_id: ids.recover },
    { account: ann2, amount: '700', order_id: ids.recover },
  ])
  const [retired] = await rows('SELECT * FROM "freeze" ORDER BY block_number DESC, log_index DESC LIMIT 1')
  expect(retired).toMatchObject({ account: ann, frozen: true, until: null, order_id: ids.recover })
})

test('screening and country with what they leave in the identity; claims and who may give them', async () => {
  const { ledger } = opened()
  const { anchor } = ledger.deployment
  const ids = await changeStandings(ledger)
  await index()
  const whose = { identity: identities.bob, firm_id: firm }
  expect(await rows('SELECT * FROM screening')).toMatchObject([
    { ...whose, flagged: true, order_id: ids.flag },
  ])
  expect(await rows('SELECT * FROM country_change')).toMatchObject([
    { ...whose, before: 276, after: 250, order_id: ids.country },
  ])
  expect(await rows('SELECT address, country, flagged FROM identity ORDER BY address')).toEqual([
    { address: identities.ann, country: 276, flagged: false },
    { address: identities.bob, country: 250, flagged: true },
  ])
  expect(await rows('SELECT * FROM trusted_issuer')).toMatchObject([
    { issuer: lower(anchor), topic: '7', trusted: true, order_id: ids.issuer },
  ])
  expect(await rows('SELECT topic, required, order_id FROM claim_topic ORDER BY block_number')).toEqual([
    { topic: '7', required: true, order_id: ids.topic },
    { topic: '7', required: false, order_id: ids.noTopic },
  ])
})
