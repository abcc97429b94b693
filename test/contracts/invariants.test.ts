import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const folder = 'contracts/test'
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`)

const tests = new Set(
  files
    .filter((path) => path.endsWith('.sol'))
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/function ((?:test|invariant)\w+)/g)])
    .map(([, name]) => name),
)

const namedIn = (path: string) =>
  [...readFileSync(path, 'utf8').matchAll(/\b(?:test|testFuzz|invariant)_\w+/g)].map(([name]) => name)

/** Without comments. */
const code = (text: string) => text.replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '')

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

  it('runs no code of others on its storage, and asks nobody who began', () => {
    const sources = readdirSync('contracts/src', { recursive: true, encoding: 'utf8' })
    const forbidden = /\b(?:selfdestruct|delegatecall|callcode|tx\.origin)\b|\.call\(|\.call\{/
    const found = sources
      .filter((path) => path.endsWith('.sol'))
      .filter((path) => forbidden.test(code(readFileSync(`contracts/src/${path}`, 'utf8'))))
    expect(sources.length).toBeGreaterThan(30)
    expect(found).toEqual([])
  })

  it.each(files.filter((path) => path.endsWith('.tree')))('%s names tests that exist', (path) => {
    expect(namedIn(path).filter((name) => !tests.has(name))).toEqual([])
  })
})
