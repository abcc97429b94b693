import type { Page } from '@playwright/test'
import { encodeAbiParameters } from 'viem'
import { readCode } from '@/lib/chain/code'
import { readTrusted } from '@/lib/chain/trust'
import { demonstrationAccount, wallets } from '@/prisma/seed/acts'
import { compileContract } from '@/test/compile'
import { orderByTwo } from '../../e2e/support/measures'
import type { Place } from '../../e2e/support/pages'
import { prepareFirmLimit, prepareVerification } from '../../e2e/support/proposals'
import { createReport } from '../../e2e/support/reports'
import { connectWallet, isEffective, sign } from '../../e2e/support/wallet'
import { chain, deploy, deployment, findPending } from '../../e2e/support/world'

const NORTHGATE = 1
const DAY = 86_400n

/** What `setStage` makes pages of. */
export const stagedNames = ['order-effective', 'approver-']

/** By the officers' own keys, once each: an issuer that is trusted, a deputy, and code that is scheduled. */
export async function setControls(): Promise<void> {
  const { registry, roles, anchor, instruments } = deployment
  if (!(await readTrusted(chain, registry, anchor, TOPIC))) {
    await orderByTwo({ kind: 'SetTrustedIssuer', issuer: anchor, topic: TOPIC, trusted: true }, registry)
    const [principal, delegate] = [wallets.approver, wallets.operator].map(
      (at) => demonstrationAccount(at).address,
    )
    const startsAt = (await chain.getBlock()).timestamp
    const span = { principal: principal!, delegate: delegate!, startsAt, until: startsAt + 14n * DAY }
    await orderByTwo({ kind: 'Delegate', ...span }, roles)
  }
  // The bond: the first of the list, whose page is photographed.
  const bond = instruments[2]!.address
  if ((await readCode(chain, bond)).scheduled) return
  const wiring = encodeAbiParameters([{ type: 'address' }, { type: 'address' }], [roles, registry])
  const implementation = await deploy(compileContract('Release').bytecode, wiring)
  await orderByTwo({ kind: 'Upgrade', implementation }, bond)
}

const TOPIC = 7n

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
