import type { Page } from '@playwright/test'
import type { Place } from '../../e2e/support/pages'
import { prepareFirmLimit, prepareVerification } from '../../e2e/support/proposals'
import { createReport } from '../../e2e/support/reports'
import { connectWallet, isEffective, sign } from '../../e2e/support/wallet'
import { findPending } from '../../e2e/support/world'

const NORTHGATE = 1

/**
 * What a fresh demonstration has not yet: a register that is ready, a decision about one of Northgate's customers in
 * force, and a limit that an officer has signed and an approver has not.
 * @returns the pages that show them
 */
export async function setStage(officer: Page): Promise<Place[]> {
  await createReport(officer, { firm: String(NORTHGATE) })

  const [customer] = await findPending(1, NORTHGATE)
  const decided = await prepareVerification(officer, customer!.identity)
  await connectWallet(officer, 'officer')
  await sign(officer)
  await isEffective(officer)

  const proposed = await prepareFirmLimit(officer, NORTHGATE, '45000000.00')
  await connectWallet(officer, 'officer')
  await sign(officer)
  await officer.getByText('There is nothing for you to sign here').waitFor()

  return [
    { name: 'order-effective', path: `/orders/${decided}`, username: 'officer' },
    { name: 'approver-overview', path: '/', username: 'approver' },
    { name: 'approver-orders', path: '/orders', username: 'approver' },
    { name: 'approver-order', path: `/orders/${proposed}`, username: 'approver' },
    { name: 'approver-sign', path: `/orders/${proposed}/sign?act=execute`, username: 'approver' },
  ]
}
