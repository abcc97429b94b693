import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../local/state'
import { run } from './run'

type Lock = {
  packages: Record<
    string,
    { version?: string; resolved?: string; integrity?: string; link?: boolean; optional?: boolean }
  >
}

/** Next before this lets an outsider past its proxy. */
const LEAST_NEXT = '16.4.6'

const readLock = () => JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock

export const isOlder = (version: string, least: string): boolean =>
  version.localeCompare(least, 'en', { numeric: true }) < 0

/** The lock pins every package by its hash, names no host but the public registry, and holds a safe Next. */
export async function checkLock(): Promise<undefined> {
  const entries = Object.entries(readLock().packages).filter(([path]) => path !== '')
  const strange = entries.filter(
    ([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
  )
  // Binaries for other systems may be unknown to the registry the lock was made with; what we install is pinned.
  const unpinned = entries.filter(([, { integrity, link, optional }]) => !integrity && !link && !optional)
  const next = entries.find(([path]) => path === 'node_modules/next')?.[1].version ?? '0'
  const mistakes = [
    ...strange.map(([path]) => `${path} is resolved from a host that is not the public registry`),
    ...unpinned.map(([path]) => `${path} has no integrity hash`),
    ...(isOlder(next, LEAST_NEXT) ? [`next is ${next}; ${LEAST_NEXT} or newer is needed`] : []),
  ]
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'))
}

type Audit = {
  metadata?: { vulnerabilities?: Record<string, number> }
  vulnerabilities?: Record<string, Advisory>
}
type Advisory = { name: string; severity: string; range: string }

/** Fails on a known advisory of weight in what runs in production. Where none can be asked for, says so. */
export async function checkAdvisories(): Promise<undefined | { warning: string }> {
  const { stdout } = await run('npm', [
    'audit',
    '--json',
    '--omit=dev',
    '--fetch-retries=0',
    '--fetch-timeout=20000',
  ])
  const audit = parse(stdout)
  if (!audit?.metadata?.vulnerabilities) return { warning: 'advisories not reachable: nothing was checked' }
  const weighty = Object.values(audit.vulnerabilities ?? {}).filter(({ severity }) =>
    ['high', 'critical'].includes(severity),
  )
  if (weighty.length === 0) return undefined
  throw new Error(weighty.map(({ name, severity, range }) => `${name} ${range}: ${severity}`).join('\n'))
}

function parse(text: string): Audit | undefined {
  try {
    return JSON.parse(text) as Audit
  } catch {
    return undefined
  }
}
