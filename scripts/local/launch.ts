import { openBook } from './book'
import { takeLock } from './lock'
import { isAnswering, tellRunning, welcome } from './portal'
import { prepare } from './prepare'
import { type Mode, readSettings } from './settings'
import { openState } from './state'
import { StepFailed, step, tell, tellFailure } from './steps'
import { openStops } from './stops'
import { superviseServices } from './supervise'

/** From whatever is there to a portal that answers; ends when it is told to, and then leaves nothing running. */
export async function launch(mode: Mode): Promise<void> {
  const start = performance.now()
  const state = openState()
  const lock = takeLock(state)
  if ('heldBy' in lock) return tellRunning(openBook(state), lock.heldBy)
  const book = openBook(state)
  book.takeOver()
  const stops = openStops()
  stops.add('', () => {
    book.leave()
    lock.release()
  })
  const leave = async (code: number) => {
    await stops.close()
    process.exit(code)
  }
  stops.listen(() => {
    tell('Stopping', 'what was started, in order')
    void leave(0)
  })
  try {
    const settings = readSettings(mode)
    const environments = await prepare({ state, book, stops, settings })
    const failed = superviseServices({ state, book, stops, mode }, environments)
    await step('Portal', () => isAnswering(environments, failed))
    if (stops.isClosing()) return
    book.rememberAddress(environments.address)
    await welcome(environments, settings, performance.now() - start)
    const cause = await failed
    if (!stops.isClosing()) throw cause
  } catch (error) {
    // Whatever breaks because it is being stopped is not worth a word.
    if (stops.isClosing()) return
    const failure = error instanceof StepFailed ? error : undefined
    tellFailure(
      failure?.title ?? 'Start',
      failure?.lines ?? [error instanceof Error ? String(error.stack) : String(error)],
    )
    await leave(1)
  }
}
