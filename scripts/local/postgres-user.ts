import { createHash } from 'node:crypto'
import { chownSync, lstatSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** Under whom the database runs when we are root, for PostgreSQL refuses to run as root. */
export type DatabaseUser = { name: string; uid: number; gid: number }

/**
 * Null unless we are root. The owner of a data directory that exists stays its user, whatever users were
 * added to the machine since.
 */
export function findDatabaseUser(dataDir: string): DatabaseUser | null {
  if (process.getuid?.() !== 0) return null
  const users = readUsers()
  const owner = ownerOf(dataDir)
  const found =
    users.find((user) => owner !== undefined && owner !== 0 && user.uid === owner) ??
    users.find((user) => user.name === 'postgres') ??
    users.find((user) => user.name === 'nobody')
  if (found) return found
  throw new Error(
    'PostgreSQL does not run as root, and there is neither a user postgres nor nobody. Start as another user.',
  )
}

/** True if the user may enter every directory above `place`. */
export function canTraverse(place: string, user: DatabaseUser): boolean {
  for (let parent = path.dirname(path.resolve(place)); ; parent = path.dirname(parent)) {
    const { mode, uid, gid } = statSync(parent)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (parent === path.dirname(parent)) return true
  }
}

/**
 * The directory of the cluster, made if need be and given to the database's user. Falls back to the temporary
 * directory, under a name made of the path, if that user could not reach the one asked for.
 */
export function claimDataDirectory(asked: string, user: DatabaseUser | null): string {
  mkdirSync(path.dirname(asked), { recursive: true, mode: 0o755 })
  if (!user) {
    mkdirSync(asked, { recursive: true, mode: 0o700 })
    return asked
  }
  const dataDir = canTraverse(asked, user)
    ? asked
    : path.join(claimSharedDirectory('data', asked), 'postgres')
  if (dataDir !== asked)
    console.warn(`The database lives in ${dataDir}: user ${user.name} may not enter ${asked}.`)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  chownSync(dataDir, user.uid, user.gid)
  return dataDir
}

/** A directory in the temporary one that others may enter but only we may write; keyed by `key`. */
export function claimSharedDirectory(purpose: string, key: string): string {
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 16)
  const directory = path.join(os.tmpdir(), `plimsoll-${purpose}-${digest}`)
  mkdirSync(directory, { recursive: true, mode: 0o755 })
  // Anybody may make a directory there: one laid out for us by another user is a trap.
  const { uid } = lstatSync(directory)
  if (!lstatSync(directory).isDirectory() || uid !== process.getuid?.()) {
    throw new Error(
      `${directory} exists and is not ours. Remove it, or move the project where others may enter.`,
    )
  }
  return directory
}

function ownerOf(place: string): number | undefined {
  return statSync(place, { throwIfNoEntry: false })?.uid
}

function readUsers(): DatabaseUser[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name, , uid, gid]) => ({ name: name!, uid: Number(uid), gid: Number(gid) }))
}
