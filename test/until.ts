import { setTimeout as pause } from 'node:timers/promises'

/** Waits for a condition; a test's own time limit is shorter than patience with a busy machine. */
export async function until(condition: () => Promise<unknown> | unknown, seconds = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not so within ${seconds} s: ${condition}`)
    await pause(10)
  }
}
