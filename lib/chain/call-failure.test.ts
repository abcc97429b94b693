import { expect, test } from 'vitest'
import { isNamedOfContract, isOfContract } from './call-failure'

const ofContract = {
  Geth: [
    'execution reverted',
    'out of gas',
    'contract creation code storage out of gas',
    'gas uint64 overflow',
    'max call depth exceeded',
    'insufficient balance for transfer',
    'write protection',
    'return data out of bounds',
    'invalid jump destination',
    'stack underflow (0 <=> 1)',
    'stack limit reached 1024 (1023)',
    'invalid opcode: INVALID',
    'execution aborted (timeout = 5s)',
  ],
  Besu: [
    'Execution reverted',
    'Bad jump destination',
    'Bad instruction',
    'Invalid opcode: 0xfe',
    'Out of stack',
    'Out of bounds',
    'Illegal state change',
    'Precompile error',
    'Insufficient gas',
    'Too many stack items',
    'Insufficient stack items',
  ],
  anvil: ['InvalidFEOpcode', 'OpcodeNotFound', 'StackUnderflow', 'StackOverflow', 'InvalidJump', 'OutOfGas']
    .concat('MemoryOOG', 'OutOfOffset', 'StateChangeDuringStaticCall', 'CallNotAllowedInsideStatic')
    .concat('PrecompileError', 'CallTooDeep', 'OutOfFunds')
    .map((name) => `EVM error ${name}`),
}
const ofNode = [
  'header not found',
  'unknown block',
  'missing trie node 0f (path ) state 0x0f is not available',
  'required historical state unavailable (reexec=128)',
]
const unknown = ['Internal error', 'request timed out', 'upstream googleapis.com failed', 'batch too large']

const alive = { result: '0x' }
const dead = { error: { code: -32000, message: 'header not found' } }
const error = (message: string, code = -32000) => ({ code, message })

test.each(Object.entries(ofContract))('what %s says of a contract is known by its words', (_, messages) => {
  expect(messages.filter((message) => !isNamedOfContract(error(message)))).toEqual([])
})

test('what only contracts cause is known by its code', () => {
  expect([3, -32015].filter((code) => isNamedOfContract(error('Halt', code)))).toEqual([3, -32015])
})

test('what a node says of itself is never the contract’s, whatever else it answers', () => {
  const said = [...ofNode, ...unknown].map((message) => error(message))
  expect(said.filter(isNamedOfContract)).toEqual([])
  expect(ofNode.filter((message) => isOfContract(error(message), alive))).toEqual([])
})

test('what nobody knows is the contract’s if the node is seen to answer', () => {
  expect(unknown.filter((message) => isOfContract(error(message), alive))).toEqual(unknown)
  expect(unknown.filter((message) => isOfContract(error(message), dead))).toEqual([])
})
