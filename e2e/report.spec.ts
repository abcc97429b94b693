import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from './support/portal'
import { createReport } from './support/reports'
import { rpcUrl } from './support/world'

const verify = (...args: string[]) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    execFile('npm', ['run', '-s', 'verify:report', '--', ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr }),
    )
  })

test('an exported register verifies, and one byte less right it does not', async ({ as }, info) => {
  test.setTimeout(180_000)
  const page = await as('analyst')
  const href = await createReport(page, { firm: '2' })
  const started = page.waitForEvent('download')
  await page.locator(`a[href="${href}"]`).click()
  const download = await started
  expect(download.suggestedFilename()).toMatch(/\.csv$/)
  const file = info.outputPath('register.csv')
  await download.saveAs(file)

  const bytes = readFileSync(file)
  await expect(page.getByText(createHash('sha256').update(bytes).digest('hex'))).toBeVisible()
  const whole = await verify(file, '--rpc', rpcUrl)
  expect(whole.code, whole.output).toBe(0)

  const at = bytes.lastIndexOf(Buffer.from('.')) - 1
  bytes[at] = bytes[at] === 0x31 ? 0x32 : 0x31
  const changed = info.outputPath('changed.csv')
  writeFileSync(changed, bytes)
  expect((await verify(changed)).code).toBe(1)
})

test('a firm exports its own', async ({ as }) => {
  const page = await as('harbour-compliance')
  const href = await createReport(page, { firm: '2' })
  const response = await page.request.get(href)
  expect(response.status()).toBe(200)
  expect(response.headers()['content-disposition']).toContain('attachment')
})
