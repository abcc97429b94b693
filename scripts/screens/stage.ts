import type { Page } from '@playwright/test'
import { type Address, encodeAbiParameters, encodeFunctionData } from 'viem'
import { readCode } from '@/lib/chain/code'
import { readTrusted } from '@/lib/chain/trust'
import { demonstrationAccount, wallets } from '@/prisma/seed/acts'
import { compileContract } from '@/test/compile'
import { compileForeign } from '@/test/foreign-chain'
import { orderByTwo } from '../../e2e/support/measures'
import type { Place } from '../../e2e/support/pages'
import { hydrated } from '../../e2e/support/portal'
import { prepareFirmLimit, prepareVerification } from '../../e2e/support/proposals'
import { createReport } from '../../e2e/support/reports'
import { connectWallet, isEffective, sign } from '../../e2e/support/wallet'
import { broadcast, chain, deploy, deployment, findPending } from '../../e2e/support/world'

const NORTHGATE = 1
const DAY = 86_400n

/** What `setForeign` makes pages of. */
export const foreignNames = ['watch-check', 'watched', 'watched-let-go', 'watched-ended']

/**
 * Two tokens that this ledger did not deploy: one that is watched, and one that was let go.
 * @returns the pages that show them, and the forms
 */
export async function setForeign(supervisor: Page): Promise<Place[]> {
  const { abi, bytecode } = compileForeign().TextPermissioned
  const master = demonstrationAccount(wallets.operator)
  const call = async (to: Address, functionName: string, args: unknown[]) => {
    const data = encodeFunctionData({ abi, functionName, args })
    const hash = await broadcast(master, { to, data, gas: 500_000n })
    await chain.waitForTransactionReceipt({ hash, pollingInterval: 200 })
  }
  const make = async () => {
    const token = await deploy(bytecode, '0x')
    const holder: Address = '0x00000000000000000000000000000000000a11ce'
    await call(token, 'mint', [master.address, 5_000_000n])
    await call(token, 'transfer', [holder, 1_250_000n])
    await call(token, 'setAddressFrozen', [holder, true])
    await call(token, 'freezePartialTokens', [master.address, 40_000n])
    await call(token, 'surprise', [])
    return token.toLowerCase() as Address
  }
  const form = (token: Address, name: string) =>
    `/instruments/watch?${new URLSearchParams({ address: token, name, startBlock: '' })}`
  const watch = async (token: Address, name: string) => {
    await supervisor.goto(form(token, name))
    await hydrated(supervisor)
    await supervisor.getByRole('button', { name: 'Watch this instrument' }).click()
    const entry = supervisor.getByRole('listitem').filter({ hasText: name })
    await entry.getByText('Indexed with every block').waitFor({ timeout: 120_000 })
  }
  const [followed, ended, further] = [await make(), await make(), await make()]
  await watch(followed, 'Deposits of another bank')
  await watch(ended, 'Bonds of another issuer')
  await supervisor.goto(`/instruments/${ended}/let-go`)
  await hydrated(supervisor)
  await supervisor.getByRole('button', { name: 'Stop watching' }).click()
  await supervisor.getByText('It was let go.').waitFor({ timeout: 60_000 })
  const as = (name: string, path: string): Place => ({ name, path, username: 'supervisor' })
  return [
    as('watch-check', form(further, 'Shares of a third')),
    as('watched', `/instruments/${followed}`),
    as('watched-let-go', `/instruments/${followed}/let-go`),
    as('watched-ended', `/instruments/${ended}`),
  ]
}

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
