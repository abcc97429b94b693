import { demonstrationPassword, demonstrationPeople } from '@/lib/auth/demonstration'
import { mayRole } from '@/lib/auth/permissions'
import { expect, open, test } from './support/portal'

for (const { username, name, role, side } of demonstrationPeople) {
  test(`${username} signs in and sees what ${role} may`, async ({ page }) => {
    await open(page, '/sign-in')
    await page.getByLabel('Username').fill(username)
    await page.getByLabel('Password').fill(demonstrationPassword)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.waitForURL((url) => url.pathname === '/')
    await expect(page.getByRole('button', { name: new RegExp(`^${name}`) })).toBeVisible()

    const navigation = page.getByRole('navigation', { name: 'Main' })
    const firms = side === 'firm' ? 'Your firm' : 'Firms'
    for (const place of ['Overview', 'Transfers', firms, 'Customers', 'Limits', 'Orders'])
      await expect(navigation.getByRole('link', { name: place })).toBeVisible()
    const reports = navigation.getByRole('link', { name: 'Reports' })
    await expect(reports).toHaveCount(mayRole(role, 'export:report') ? 1 : 0)
    const integrity = navigation.getByRole('link', { name: 'Integrity' })
    await expect(integrity).toHaveCount(side === 'authority' ? 1 : 0)

    await open(page, '/limits/propose')
    const refused = page.getByRole('heading', { name: 'There is no such page' })
    await expect(refused).toHaveCount(mayRole(role, 'propose:limit') ? 0 : 1)
  })
}

test('a wrong password is refused in words', async ({ page }) => {
  await open(page, '/sign-in')
  await page.getByLabel('Username').fill('nobody-of-that-name')
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'not right' })).toBeFocused()
  await expect(page).toHaveURL(/sign-in/)
})

test('an empty form says what is missing and leads to it', async ({ page }) => {
  await open(page, '/sign-in')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('link', { name: 'Enter your username' }).click()
  await expect(page.getByLabel('Username')).toBeFocused()
})

test('a page asked for before signing in is shown after it', async ({ page }) => {
  await open(page, '/transfers?outcome=refused')
  await expect(page).toHaveURL(/sign-in\?next=/)
  await page.getByRole('button', { name: 'Use analyst' }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(/\/transfers\?outcome=refused/)
  await expect(page.getByRole('heading', { name: 'Transfers', level: 1 })).toBeVisible()
})

test('signing out ends the session and not only its cookie', async ({ page, context, baseURL }) => {
  await open(page, '/sign-in')
  await page.getByRole('button', { name: 'Use auditor' }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/')
  const cookies = await context.cookies()

  await page.getByRole('button', { name: /^Aoife Brennan/ }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(/sign-in/)

  await context.addCookies(cookies)
  await page.goto('/transfers')
  await expect(page).toHaveURL(/sign-in/)
  const live = await context.request.get(`${baseURL}/api/live`)
  expect(live.status()).toBe(401)
})
