import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser', 'chrome']

function onPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => isExecutable(file))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const findInstalled = () => names.map(onPath).find((file) => file !== undefined)

/** An installed Chrome or Chromium, else Playwright's own, else Debian's, which is installed if we may. */
export function findBrowser(): string {
  const found =
    findInstalled() ?? [chromium.executablePath()].find((file) => existsSync(file)) ?? installChromium()
  if (found) return found
  throw new Error(
    'No browser for the tests. Install Chromium or Chrome (Debian: sudo apt-get install chromium), then run again.',
  )
}

function installChromium(): string | undefined {
  const isRoot = process.getuid?.() === 0
  const apt = onPath('apt-get')
  if (!apt || !(isRoot || (onPath('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0)))
    return undefined
  console.log('  … installing Debian’s chromium for the journeys')
  const words = (rest: string[]) => (isRoot ? [apt, ...rest] : ['sudo', '-n', apt, ...rest])
  for (const rest of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const [program = '', ...args] = words(rest)
    spawnSync(program, args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  }
  return findInstalled()
}
