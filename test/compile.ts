import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Abi, Hex } from 'viem'

type Output = {
  errors?: { severity: string; formattedMessage: string }[]
  contracts: Record<string, Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>
}

export type Compiled = { abi: Abi; bytecode: Hex }

const require = createRequire(import.meta.url)
const kept = fileURLToPath(new URL('../test-results/compiled', import.meta.url))

/** Compiles one contract of test/contracts with npm's solc. Takes some seconds the first time, and none afterwards. */
export const compileContract = (name: string): Compiled => compileAll(name)[name]!

/** Every contract of one file, by name. */
export function compileAll(file: string): Record<string, Compiled> {
  const content = readFileSync(fileURLToPath(new URL(`contracts/${file}.sol`, import.meta.url)), 'utf8')
  const settings = {
    optimizer: { enabled: true },
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
  }
  const input = { language: 'Solidity', sources: { [file]: { content } }, settings }
  const output: Output = JSON.parse(compileOnce(JSON.stringify(input)))
  const failure = output.errors?.find(({ severity }) => severity === 'error')
  if (failure) throw new Error(failure.formattedMessage)
  const found = Object.entries(output.contracts[file]!)
  return Object.fromEntries(
    found.map(([name, { abi, evm }]) => [name, { abi, bytecode: `0x${evm.bytecode.object}` }]),
  )
}

/** Every test file is a process of its own; what one compiled the others read, for as long as text and compiler are the same. */
function compileOnce(input: string): string {
  const { version } = require('solc/package.json') as { version: string }
  const file = join(kept, `${createHash('sha256').update(`${version} ${input}`).digest('hex')}.json`)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const solc: { compile: (input: string) => string } = require('solc')
  const output = solc.compile(input)
  mkdirSync(kept, { recursive: true })
  // Whole or not at all: others may look at this moment.
  const begun = `${file}.${process.pid}`
  writeFileSync(begun, output)
  renameSync(begun, file)
  return output
}
