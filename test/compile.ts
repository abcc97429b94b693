import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Abi, Hex } from 'viem'

type Output = {
  errors?: { severity: string; formattedMessage: string }[]
  contracts: Record<string, Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>
}

export type Compiled = { abi: Abi; bytecode: Hex }

/** Compiles one contract of test/contracts with npm's solc. Takes about two seconds. */
export const compileContract = (name: string): Compiled => compileAll(name)[name]!

/** Every contract of one file, by name. */
export function compileAll(file: string): Record<string, Compiled> {
  const solc: { compile: (input: string) => string } = createRequire(import.meta.url)('solc')
  const content = readFileSync(fileURLToPath(new URL(`contracts/${file}.sol`, import.meta.url)), 'utf8')
  const settings = {
    optimizer: { enabled: true },
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
  }
  const input = { language: 'Solidity', sources: { [file]: { content } }, settings }
  const output: Output = JSON.parse(solc.compile(JSON.stringify(input)))
  const failure = output.errors?.find(({ severity }) => severity === 'error')
  if (failure) throw new Error(failure.formattedMessage)
  const found = Object.entries(output.contracts[file]!)
  return Object.fromEntries(
    found.map(([name, { abi, evm }]) => [name, { abi, bytecode: `0x${evm.bytecode.object}` }]),
  )
}
