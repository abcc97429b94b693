import { createRequire } from 'node:module'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import type { Address } from 'viem'
import { keccak256 } from './keccak'

/** The uncompressed public key behind a signature, 65 bytes. Throws where there is none. */
export type Recover = (signature: Uint8Array, recovery: number, digest: Uint8Array) => Uint8Array

/** Of the order of secp256k1, half. From Homestead on no signature of a transaction has a greater `s` (EIP-2). */
const halfOrder = '7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0'

export const isLow = (s: string): boolean => s <= halfOrder

export const recoverInScript: Recover = (signature, recovery, digest) =>
  secp256k1.Signature.fromBytes(signature, 'compact')
    .addRecoveryBit(recovery)
    .recoverPublicKey(digest)
    .toBytes(false)

/** libsecp256k1 as its package brings it compiled; undefined on a platform for which it does not. */
export const recoverNatively: Recover | undefined = loadNative()

const recover = recoverNatively ?? recoverInScript

/** Who signed; null if nobody can have. @param signature `r` and `s`, 64 bytes. */
export function signerOf(digest: Uint8Array, signature: Uint8Array, recovery: number): Address | null {
  try {
    const hash = keccak256(recover(signature, recovery, digest).subarray(1)) as Uint8Array<ArrayBuffer>
    return `0x${Buffer.from(hash.buffer, 12, 20).toString('hex')}`
  } catch {
    return null
  }
}

type Native = {
  ecdsaRecover: (
    signature: Uint8Array,
    recovery: number,
    digest: Uint8Array,
    compressed: boolean,
  ) => Uint8Array
}

/** Not by its main entry, which falls back to another library in silence. */
function loadNative(): Recover | undefined {
  try {
    const native: Native = createRequire(import.meta.url)('secp256k1/bindings')
    return (signature, recovery, digest) => native.ecdsaRecover(signature, recovery, digest, false)
  } catch {
    return undefined
  }
}
