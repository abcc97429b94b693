import type { ChildProcess } from 'node:child_process'
import { tell } from './steps'

type Stop = { name: string; stop: () => Promise<void> | void }

/**
 * What has been started, so that it is stopped in the opposite order, whichever way the launcher ends. Ctrl-C in a
 * terminal may arrive twice (npm passes it on as well), so only one that comes three seconds later means "at once".
 */
export function openStops() {
  const stops: Stop[] = []
  const passing = new Set<ChildProcess>()
  let asked: { at: number } | undefined
  let closing: Promise<void> | undefined

  async function closeAll() {
    for (const child of passing) child.kill('SIGTERM')
    for (const { name, stop } of stops.reverse()) {
      try {
        await stop()
        if (name) tell('Stopped', name)
      } catch (error) {
        tell('Stopping', `${name}: ${error instanceof Error ? error.message : error}`)
      }
    }
  }

  return {
    add: (name: string, stop: Stop['stop']) => void stops.push({ name, stop }),
    /** A child that is to end with us, such as a build. */
    addChild(child: ChildProcess) {
      passing.add(child)
      child.once('close', () => passing.delete(child))
    },
    isClosing: () => closing !== undefined,
    close: () => {
      closing ??= closeAll()
      return closing
    },
    /** Calls `onStop` at the first request to end, of whatever kind. */
    listen(onStop: () => void) {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.on(signal, () => {
          if (asked && Date.now() - asked.at > 3000) process.exit(130)
          if (asked) return
          asked = { at: Date.now() }
          onStop()
        })
      }
    },
  }
}

export type Stops = ReturnType<typeof openStops>
