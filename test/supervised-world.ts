import { ago, bond, type Factory, hourAgo, insertWorld, people, transferOf } from './factories'

const [ann, bob, , dan] = people

/** The world of factories with limits, flow on both sides of a window's edge, holdings, transfers and a refusal. */
export async function insertSupervisedWorld(factory: Factory): Promise<void> {
  const { insert } = factory
  await insertWorld(factory)
  await insert(
    'policy_limit',
    { scope: 2, subject: '1', window: 1, amount: '1000', firm_id: 1 },
    { scope: 2, subject: '2', window: 1, amount: '4000', firm_id: 2 },
    { scope: 1, subject: '1', window: 0, amount: '500' },
    { scope: 1, subject: '1', window: 1, amount: '2000' },
    { scope: 1, subject: '1', window: 2, amount: '9000' },
    { scope: 1, subject: '1', window: 3, amount: '20000' },
    { scope: 0, subject: ann.identity, window: 1, amount: '1600', firm_id: 1 },
  )
  await insert(
    'flow',
    { scope: 2, subject: '1', firm_id: 1, hour: hourAgo(0), value: '300' },
    { scope: 2, subject: '1', firm_id: 1, hour: hourAgo(24), value: '600' },
    { scope: 2, subject: '1', firm_id: 1, hour: hourAgo(25), value: '5000' },
    { scope: 0, subject: ann.identity, firm_id: 1, hour: hourAgo(3), value: '1600' },
    { scope: 0, subject: dan.identity, firm_id: 2, hour: hourAgo(40), value: '900' },
  )
  await insert(
    'balance',
    { account: ann.account, firm_id: 1, amount: '5000' },
    { account: ann.account, firm_id: 1, instrument: bond, amount: '3' },
    { account: dan.account, firm_id: 2, amount: '70' },
  )
  await insert('freeze', {
    account: ann.account,
    firm_id: 1,
    instrument: bond,
    block_number: 90n,
    time: ago(30),
  })
  await insert(
    'transfer',
    transferOf(50n, null, ann, { amount: '9000' }),
    transferOf(100n, ann, dan),
    transferOf(101n, bob, ann),
    transferOf(119n, dan, ann),
  )
  await insert('refused_transfer', {
    block_number: 118n,
    tx_hash: `0x${'ab'.repeat(32)}`,
    time: ago(2),
    sender: ann.account,
    from: ann.account,
    to: dan.account,
    code: 22,
    from_identity: ann.identity,
    from_firm: 1,
    to_firm: 2,
    headroom: '0',
  })
  await insert('kyc_decision', {
    identity: ann.identity,
    firm_id: 1,
    block_number: 10n,
    time: ago(110),
    expiry: ago(-400 * 24),
  })
  await insert(
    'limit_change',
    { block_number: 5n, scope: 1, subject: '1', window: 1, after: '2000' },
    { block_number: 6n, scope: 2, subject: '1', window: 1, after: '1000', firm_id: 1 },
    { block_number: 7n, scope: 2, subject: '2', window: 1, after: '4000', firm_id: 2 },
  )
  await factory.sumUp()
}
