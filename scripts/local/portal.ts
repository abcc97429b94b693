import { setTimeout as pause } from 'node:timers/promises'
import type { Book } from './book'
import type { Settings } from './settings'
import { StepFailed, tell, tellFailure } from './steps'
import type { Environments } from './surroundings'

const PATIENCE = 90_000

async function answers(address: string): Promise<boolean> {
  try {
    const { ok } = await fetch(new URL('/api/health', address), { signal: AbortSignal.timeout(5000) })
    return ok
  } catch {
    return false
  }
}

/** A step: the portal answers, or what stopped it from doing so. */
export async function isAnswering({ port, address }: Environments, failed: Promise<StepFailed>) {
  let failure: StepFailed | undefined
  void failed.then((cause) => {
    failure = cause
  })
  const deadline = Date.now() + PATIENCE
  while (!(await answers(`http://127.0.0.1:${port}`))) {
    if (failure) throw failure
    if (Date.now() > deadline) throw new StepFailed('Portal', ['it does not answer; see logs/web.log'])
    await pause(100)
  }
  return { detail: address, value: undefined }
}

/** What a second `npm start` says. */
export async function tellRunning(book: Book, pid: number): Promise<void> {
  const address = book.otherLauncher()?.address
  if (address && (await answers(address))) {
    tell('Running', `the portal is up already, at ${address} (process ${pid})`)
    return
  }
  const state = address ? 'does not answer' : 'is still starting'
  tellFailure('Running', [
    `another start (process ${pid}) ${state}.`,
    `Wait for it, or end it with: kill ${pid}`,
  ])
  process.exitCode = 1
}

export async function welcome(
  { address }: Environments,
  { demo }: Settings,
  milliseconds: number,
): Promise<void> {
  console.log(
    `\n  Plimsoll is at ${address}   (ready in ${(milliseconds / 1000).toFixed(1)} s, Ctrl-C ends it)\n`,
  )
  if (!demo) return
  const { listDemonstrationAccounts } = await import('./accounts')
  for (const line of listDemonstrationAccounts()) console.log(`  ${line}`)
  console.log()
}
