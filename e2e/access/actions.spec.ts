import type { Page } from '@playwright/test'
import { postAction } from '../support/actions'
import { expect, open, test } from '../support/portal'
import { countReports, journalOf, ordersAbout } from '../support/records'
import { findPending, standingOf } from '../support/world'

const NORTHGATE = 1

const verification = (identity: string) => ({
  identity,
  status: 'verified',
  tier: '1',
  expiry: `${new Date().getUTCFullYear() + 1}-12-01`,
  evidence: 'File 2026/0413',
  reason: 'K-01',
  reasonText: '',
  legalText: 'Supervisory practice note 7',
})

const register = { firm: String(NORTHGATE), from: '2026-11-01', until: '2026-12-01' }

/** One refusal, one line of it, and nothing else of this person in the journal. */
async function isRefused(
  page: Page,
  who: string,
  [name, input]: [string, unknown],
  line: Record<string, unknown>,
) {
  const journal = await journalOf(who)
  const answer = await postAction(page, name, input)
  expect(answer, name).toMatchObject({ ok: false })
  expect(await journal(), name).toEqual([expect.objectContaining(line)])
}

test('an officer of another firm decides nothing about a customer of this one', async ({ as }) => {
  const [customer] = await findPending(1, NORTHGATE)
  const { identity } = customer!
  const [standing, orders] = [await standingOf(identity), await ordersAbout(identity)]

  // The authority's officer may ask the very same: it is who asks that is refused.
  const officer = await as('officer')
  await open(officer, '/')
  expect(await postAction(officer, 'checkKycAction', verification(identity))).toMatchObject({ ok: true })

  const who = 'harbour-compliance'
  const stranger = await as(who)
  await open(stranger, '/')
  const line = { act: 'refused:prepare:kyc', subject: identity }
  for (const name of ['prepareKycAction', 'checkKycAction']) {
    await isRefused(stranger, who, [name, verification(identity)], {
      ...line,
      detail: expect.objectContaining({ code: 'not-permitted' }),
    })
  }
  expect(await ordersAbout(identity)).toEqual(orders)
  expect(await standingOf(identity)).toEqual(standing)
})

test('nor does it export what this firm’s customers sent', async ({ as }) => {
  const who = 'harbour-compliance'
  const stranger = await as(who)
  await open(stranger, '/')
  const reports = await countReports()
  await isRefused(stranger, who, ['requestReportAction', register], {
    act: 'refused:export:report',
    detail: expect.objectContaining({ code: 'not-found', firm: String(NORTHGATE) }),
  })
  expect(await countReports()).toBe(reports)
})
