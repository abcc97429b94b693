import { demonstrationAccount, personId, wallets } from '@/prisma/seed/acts'
import { orderByTwo } from './support/measures'
import { expect, open, test } from './support/portal'
import { confirmMeasure, prepareFirmLimit } from './support/proposals'
import { addPerson } from './support/records'
import { signByTwo } from './support/wallet'
import { deployment } from './support/world'

const [approver, operator] = [wallets.approver, wallets.operator].map(
  (at) => demonstrationAccount(at).address,
)

/** By the table of roles the operator's wallet is a registrar's: on its own it approves nothing. */
test('a deputy approves in somebody’s place, for as long as two have said', async ({ as }) => {
  test.setTimeout(300_000)
  await addPerson('operator', {
    ...{ like: 'approver', name: 'Ruta Kalnina', chainPerson: personId('operator'), wallet: operator! },
  })
  const officer = await as('officer')
  await open(officer, '/people')
  await officer.getByRole('link', { name: 'Appoint a deputy' }).click()
  await officer.getByLabel('Who is stood in for').selectOption(approver!.toLowerCase())
  await officer.getByLabel('Deputy', { exact: true }).selectOption(operator!.toLowerCase())
  await signByTwo(officer, await confirmMeasure(officer, 'M-08'), { page: await as('approver') })
  await open(officer, '/people')
  const row = officer
    .getByRole('region', { name: 'Deputies' })
    .getByRole('row')
    .filter({ hasText: 'Ruta Kalnina' })
  await expect(row).toContainText('Miriam Okafor')
  await expect(row).toContainText('Acts')

  // Another amount at every run: what is the limit already cannot be proposed.
  const reference = await prepareFirmLimit(officer, 4, `${1_350_000 + (Date.now() % 10_000)}.00`)
  await signByTwo(officer, reference, { page: await as('operator'), wallet: 'operator' })
  await open(officer, `/orders/${reference}`)
  await expect(officer.getByText('Approved for Miriam Okafor')).toBeVisible()
  const end = { principal: approver!, delegate: operator!, startsAt: 0n, until: 0n }
  await orderByTwo({ kind: 'Delegate', ...end }, deployment.roles)
})
