import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, describe, expect, it } from 'vitest'
import { end, identify, isAlive } from './processes'

const children = [1, 2].map(() => spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }))
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
})

describe('a process by number and start time', () => {
  const [first, second] = children

  it('is alive only under both', () => {
    const identity = identify(first?.pid ?? 0)
    expect(identity && isAlive(identity)).toBe(true)
    expect(isAlive({ pid: first?.pid ?? 0, startedAt: 'another boot:1' })).toBe(false)
  })

  it('is not ended if its number has gone to another', async () => {
    await end({ pid: second?.pid ?? 0, startedAt: 'another boot:1' }, { signal: 'SIGKILL' })
    expect(identify(second?.pid ?? 0)).toBeDefined()
  })

  it('is ended with its group when it is ours', async () => {
    const identity = identify(first?.pid ?? 0)
    const gone = once(first ?? process, 'exit')
    await end(identity ?? { pid: 0, startedAt: '' }, { group: true })
    await gone
    expect(identity && isAlive(identity)).toBe(false)
  })
})

it('insists when it is not heard', async () => {
  const deaf = spawn(
    process.execPath,
    ['-e', "process.on('SIGTERM', () => {}); console.log(1); setInterval(() => {}, 9)"],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  await once(deaf.stdout, 'data')
  const identity = identify(deaf.pid ?? 0)
  const gone = once(deaf, 'exit')
  await end(identity ?? { pid: 0, startedAt: '' }, { patience: 100 })
  expect(await gone).toEqual([null, 'SIGKILL'])
})
