import { linkSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { identify, isAlive, type ProcessIdentity } from './processes'
import type { StateDirectory } from './state'

/**
 * One launcher a state directory. The lock appears whole (a hard link of a written file), so whoever comes second
 * can always read who was first. Returns the holder's number if it is held.
 */
export function takeLock(state: StateDirectory): { release: () => void } | { heldBy: number } {
  const file = state.path('lock')
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify(identify(process.pid)))
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        linkSync(draft, file)
        return { release: () => rmSync(file, { force: true }) }
      } catch {
        const holder = readHolder(file)
        if (holder && isAlive(holder)) return { heldBy: holder.pid }
        rmSync(file, { force: true })
      }
    }
    throw new Error(`${file} cannot be taken. Remove it if no other start is running.`)
  } finally {
    unlinkSync(draft)
  }
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity
  } catch {
    return undefined
  }
}
