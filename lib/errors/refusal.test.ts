import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { refusalCodes } from './refusal'

const sections = readFileSync('docs/errors.md', 'utf8')
  .split('## Faults')[0]!
  .matchAll(/^### (\S+)$/gm)

const source = ['lib', 'app']
  .flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => `${root}/${path}`),
  )
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.ts$|errors\/refusal\.ts$|\/generated\//.test(path))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n')

test('every refusal has its section, and every section a refusal', () => {
  expect([...sections].map(([, code]) => code).sort()).toEqual([...refusalCodes].sort())
})

test.each(refusalCodes)('%s is answered somewhere', (code) => {
  expect(source).toMatch(new RegExp(`(refuse|no)\\(\\s*'${code}'|code: '${code}'`))
})
