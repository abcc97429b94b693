import { existsSync, readdirSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { openBook } from './book'
import { discardEmbeddedChain } from './embedded-chain'
import { takeLock } from './lock'
import { findOrphan, stopServer } from './postgres-orphan'
import { endOrphans } from './services'
import { openState } from './state'
import { tell, tellFailure } from './steps'

/** Throws away what the local set-up has made, and nothing else: not the build, not .env, no database of others. */
export async function resetState({ asked }: { asked: boolean }): Promise<void> {
  const state = openState()
  const lock = takeLock(state)
  if ('heldBy' in lock) {
    tellFailure('Reset', [`the portal is running (process ${lock.heldBy}): end it first`])
    process.exitCode = 1
    return
  }
  try {
    if (asked && !(await isWanted(state.dir))) {
      tell('Reset', 'nothing was deleted')
      return
    }
    const book = openBook(state)
    await endOrphans(book)
    await discardEmbeddedChain({ state, book })
    await stopDatabase(state.path('postgres'))
    for (const name of readdirSync(state.dir)) rmSync(state.path(name), { recursive: true, force: true })
    tell('Reset', `${state.dir} is empty; npm start makes everything afresh`)
  } finally {
    lock.release()
  }
}

async function isWanted(directory: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    tellFailure('Reset', ['nobody is there to be asked; npm run reset -- --yes does it all the same'])
    process.exitCode = 1
    return false
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(
    `Delete the local database, chain, secrets and logs in ${directory}? Type yes: `,
  )
  terminal.close()
  return answer.trim().toLowerCase() === 'yes'
}

/** One that outlived a killed launcher. */
async function stopDatabase(dataDir: string) {
  if (!existsSync(dataDir)) return
  const running = await findOrphan(dataDir, () => 'postgresql://127.0.0.1:1/postgres')
  if (running) await stopServer(running.pid)
}
