import type { Address } from 'viem'
import { expect, test } from 'vitest'
import { controlledIndexForThisFile, dateOf, moduleOf } from '../../test/controlled-index'
import { addressOf, firm, personOf } from '../../test/controlled-ledger'
import { changeRules, deputise, release } from '../../test/controlled-story'
import { lower } from './watch'

// The rules of instruments, who stands in for whom, and the code itself: each change with the order behind it.

const { opened, rows, index } = controlledIndexForThisFile()

test('modules, what they are told, and another compliance', async () => {
  const { ledger } = opened()
  const { deployment, usd, bond } = ledger
  const [countries, supply, holders] = ['countries-restricted', 'supply-cap', 'holder-cap'].map((kind) =>
    moduleOf(ledger, kind),
  ) as [Address, Address, Address]
  const { bound, ...ids } = await changeRules(ledger)
  await index()

  expect(await rows('SELECT * FROM country_rule')).toMatchObject([
    { module: lower(countries), country: 643, listed: true, order_id: ids.listed },
  ])
  const caps = 'SELECT module, "before"::text, "after"::text FROM module_cap ORDER BY block_number'
  expect(await rows(caps)).toEqual([
    { module: lower(supply), before: '0', after: '1000000' },
    { module: lower(holders), before: '0', after: '10' },
    { module: lower(supply), before: '1000000', after: '2000000' },
    { module: lower(holders), before: '10', after: '50' },
  ])
  const passes =
    'SELECT act, amount::text, order_id, firm_id FROM preapproval ORDER BY block_number, log_index'
  expect(await rows(passes)).toEqual([
    { act: 'approved', amount: '5', order_id: ids.used, firm_id: firm },
    { act: 'approved', amount: '6', order_id: ids.open, firm_id: firm },
    { act: 'consumed', amount: '5', order_id: null, firm_id: firm },
  ])
  const [first, second, third] = await rows('SELECT * FROM instrument_compliance ORDER BY block_number')
  expect([first, second]).toMatchObject([{ order_id: null }, { order_id: null, instrument: lower(bond) }])
  expect(third).toMatchObject({
    compliance: lower(bound),
    instrument: lower(usd),
    order_id: ids.compliance,
  })
  const asked = await rows(
    `SELECT module FROM compliance_module WHERE added AND compliance = '${first.compliance}' ORDER BY log_index`,
  )
  expect(asked.map(({ module }) => module)).toEqual(
    deployment.instruments[0]!.modules!.map(({ address }) => lower(address)),
  )
})

test('a deputy, and for whom it approved', async () => {
  const { ledger } = opened()
  const [principal, delegate] = [addressOf('approver'), addressOf('deputy')]
  const { startsAt, until, ...ids } = await deputise(ledger)
  await index()
  expect(await rows('SELECT * FROM delegation')).toMatchObject([
    {
      ...{
        principal,
        delegate,
        ended: false,
        starts_at: dateOf(startsAt),
        until: dateOf(until),
        order_id: ids.deputy,
      },
      ...{ principal_person: personOf('approver'), delegate_person: personOf('deputy') },
    },
  ])
  expect(await rows(`SELECT * FROM order_outcome WHERE order_id = '${ids.lent}'`)).toMatchObject([
    { approver: delegate, approver_for: principal, proposer_for: null, firm_id: firm },
  ])
})

test('a release that is scheduled and activated', async () => {
  const { ledger } = opened()
  const { deployment, bond } = ledger
  const { implementation, ...ids } = await release(ledger)
  await index()
  const founded = { act: 'founded', implementation: lower(deployment.implementation!), version: '1.0.0' }
  const upgrades = await rows('SELECT * FROM upgrade ORDER BY block_number, log_index')
  expect(upgrades).toMatchObject([
    { ...founded, instrument: lower(ledger.usd) },
    { ...founded, instrument: lower(bond) },
    { act: 'scheduled', implementation, release: '2', order_id: ids.upgrade, version: null },
    {
      act: 'activated',
      implementation,
      release: '2',
      before: founded.implementation,
      version: '2.0.0',
      order_id: null,
    },
  ])
})
