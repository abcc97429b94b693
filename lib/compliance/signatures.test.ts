import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { alwaysTwo, governing } from './signatures'

const source = readFileSync('contracts/src/OrderTypes.sol', 'utf8')

/** The kinds that a function of the contract names. */
function kindsIn(name: string): string[] {
  const body = new RegExp(`function ${name}\\([^{]*\\{([^}]*)\\}`).exec(source)?.[1] ?? ''
  return [...body.matchAll(/IOrders\.Kind\.(\w+)/g)].map(([, kind]) => kind!)
}

test('the kinds are those of the contract', () => {
  expect(kindsIn('governs').toSorted()).toEqual(governing.toSorted())
  expect([...kindsIn('governs'), ...kindsIn('needsTwo')].toSorted()).toEqual(alwaysTwo.toSorted())
})
