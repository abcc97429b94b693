import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * A process number alone may since have gone to a stranger; together with its start time it names one process for
 * good. Nothing is re-used or ended here that does not answer to both.
 */
export type ProcessIdentity = { pid: number; startedAt: string }

type Stat = { state: string; startedAt: string }

/** From /proc/<pid>/stat, whose second field may hold blanks and brackets: count from the last bracket. */
function readStat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', startedAt: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

let boot: string | undefined
/** Start times count from boot, so they only mean something together with it. */
function bootId(): string {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return boot
}

export function identify(pid: number): ProcessIdentity | undefined {
  const stat = readStat(pid)
  return stat && stat.state !== 'Z' ? { pid, startedAt: `${bootId()}:${stat.startedAt}` } : undefined
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt
}

/** Ends one process we know, or its whole group: asks first, insists after `patience` milliseconds. */
export async function end(
  identity: ProcessIdentity,
  { signal = 'SIGTERM', patience = 8000, group = false }: EndOptions = {},
): Promise<void> {
  if (!isAlive(identity)) return
  const target = group ? -identity.pid : identity.pid
  send(target, signal)
  if (await isGoneWithin(identity, patience)) return
  send(target, 'SIGKILL')
  await isGoneWithin(identity, 2000)
}

type EndOptions = { signal?: NodeJS.Signals; patience?: number; group?: boolean }

function send(target: number, signal: NodeJS.Signals) {
  try {
    process.kill(target, signal)
  } catch {
    // It ended between the look and the signal.
  }
}

async function isGoneWithin(identity: ProcessIdentity, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds
  while (isAlive(identity)) {
    if (Date.now() > deadline) return false
    await pause(25)
  }
  return true
}
