import 'server-only'
import type { Address } from 'viem'
import type { OrderKind } from '@/lib/chain/order-kinds'
import { governing } from '@/lib/compliance/signatures'
import type { SignerRecord } from '@/lib/db/order-signer'
import { accept, type Result, refuse } from '@/lib/errors/refusal'

/** What every proposal refuses in the same words. */

const officerRole = 2n

/**
 * The wallet that will be named as proposer: the first bound one that is an officer's on chain, of its own or, for what
 * does not change who may sign, as somebody's deputy.
 */
export function proposerOf(signers: readonly SignerRecord[], kind?: OrderKind): Result<Address> {
  if (signers.length === 0) {
    return refuse('no-wallet', 'No wallet is bound to you. Bind one on your account page first.')
  }
  const mayBeLent = kind === undefined || !governing.includes(kind)
  const signer =
    signers.find(({ roles }) => (roles & officerRole) !== 0n) ??
    signers.find(({ lent }) => mayBeLent && (lent & officerRole) !== 0n)
  if (!signer) {
    return refuse(
      'wrong-wallet',
      'No wallet of yours holds the role of officer on chain, so the contract would refuse.',
    )
  }
  return accept(signer.address)
}

export const wrongField = (field: string, message: string) =>
  refuse('bad-input', message, { fields: { [field]: message }, values: { fields: field } })

/** Nothing is ordered of what we only watch. */
export const notOurs = wrongField('instrument', 'Choose an instrument of this ledger')

/** A mixed-case address whose checksum does not hold has a typing mistake in it. */
export const mistyped = 'Enter an address without a typing mistake: 0x and 40 hexadecimal digits'

/** The page showed what the index knows; the chain is ahead of it, and nobody decides on what has passed. */
export const moved = refuse(
  'stale',
  'The ledger has moved since this page was made: the chain says something else by now. Load the page again.',
)
