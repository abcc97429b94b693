import { createKeccak } from 'hash-wasm'

// In WebAssembly, because a block is hashed again and again: six times as fast as the same in JavaScript.
const hasher = await createKeccak(256)

export const keccak256 = (bytes: Uint8Array): Uint8Array => hasher.init().update(bytes).digest('binary')

/** The same from hexadecimal digits to hexadecimal digits, both without 0x. */
export const keccakDigits = (digits: string): string =>
  hasher.init().update(Buffer.from(digits, 'hex')).digest('hex')
