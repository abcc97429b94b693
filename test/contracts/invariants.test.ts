import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const tests = new Set(
  globSync('contracts/test/**/*.sol')
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/function ((?:test|invariant)\w+)/g)])
    .map(([, name]) => name),
)

const namedIn = (path: string) =>
  [...readFileSync(path, 'utf8').matchAll(/\b(?:test|testFuzz|invariant)_\w+/g)].map(([name]) => name)

describe('what the contracts promise', () => {
  it('names tests that exist', () => {
    const named = namedIn('docs/invariants.md')
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter((name) => !tests.has(name))).toEqual([])
  })

  it('lists every invariant', () => {
    const named = new Set(namedIn('docs/invariants.md'))
    expect([...tests].filter((name) => name?.startsWith('invariant_') && !named.has(name))).toEqual([])
  })

  it.each(globSync('contracts/test/**/*.tree'))('%s names tests that exist', (path) => {
    expect(namedIn(path).filter((name) => !tests.has(name))).toEqual([])
  })
})
