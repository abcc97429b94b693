import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Abi, Hex } from 'viem'

type Output = {
  errors?: { severity: string; formattedMessage: string }[]
  contracts: Record<string, Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>
}

/** Compiles one contract of test/contracts with npm's solc. Takes about two seconds. */
export function compileContract(name: string): { abi: Abi; bytecode: Hex } {
  const solc: { compile: (input: string) => string } = createRequire(import.meta.url)('solc')
  const content = readFileSync(fileURLToPath(new URL(`contracts/${name}.sol`, import.meta.url)), 'utf8')
  const settings = {
    optimizer: { enabled: true },
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
  }
  const input = { language: 'Solidity', sources: { [name]: { content } }, settings }
  const output: Output = JSON.parse(solc.compile(JSON.stringify(input)))
  const failure = output.errors?.find(({ severity }) => severity === 'error')
  if (failure) throw new Error(failure.formattedMessage)
  const { abi, evm } = output.contracts[name]![name]!
  return { abi, bytecode: `0x${evm.bytecode.object}` }
}
