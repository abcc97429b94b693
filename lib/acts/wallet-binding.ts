import 'server-only'
import type { Address } from 'viem'
import { getAddress } from 'viem'
import { record } from '@/lib/audit/journal'
import type { Officer } from '@/lib/auth/officer'
import { newNonce, nonceLifetimeMs, provesWallet, readClaim, writeSiweMessage } from '@/lib/auth/siwe'
import { withActor, withGate } from '@/lib/db/client'
import { findSignerPerson } from '@/lib/db/order-signer'
import { deleteSiweNonce, insertSiweNonce } from '@/lib/db/siwe-nonce'
import { findWallet, insertWallet } from '@/lib/db/wallet'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import type { PrepareWalletBindingInput, SubmitWalletBindingInput } from './wallet-binding.schema'

export type WalletBindingRequest = { address: Address; message: string; expiresAt: string }
export type WalletBinding = { address: Address; chainId: number }

/** The text to sign, with a nonce that this session alone may use, once, within five minutes. */
export async function prepareWalletBinding(
  officer: Officer,
  { address }: PrepareWalletBindingInput,
): Promise<Result<WalletBindingRequest>> {
  const obstacle = await whyNot(officer, address)
  if (obstacle) return obstacle
  const nonce = newNonce()
  const { now, expiresAt } = await withGate((tx) =>
    insertSiweNonce(tx, { nonce, sessionId: officer.sessionId, lifetimeMs: nonceLifetimeMs }),
  )
  const fields = { address: getAddress(address), nonce, issuedAt: now, expirationTime: expiresAt }
  const message = writeSiweMessage(terms(), fields)
  return accept({ address: fields.address, message, expiresAt: expiresAt.toISOString() })
}

/**
 * Takes the nonce first and for good, in a transaction of its own: a signature is tried once, right or wrong. Binding
 * lets this officer be asked for that wallet's signature; it approves nothing and authorises no order.
 */
export async function submitWalletBinding(
  officer: Officer,
  { message, signature }: SubmitWalletBindingInput,
): Promise<Result<WalletBinding>> {
  const claim = readClaim(message)
  if (!claim) return notProven
  const taken = await withGate((tx) => deleteSiweNonce(tx, claim.nonce, officer.sessionId))
  if (!taken || taken.expiresAt <= taken.now) return spent
  if (!(await provesWallet(terms(), message, signature, { nonce: claim.nonce, ...taken }))) return notProven

  const address = claim.address.toLowerCase() as Address
  const obstacle = await whyNot(officer, address)
  if (obstacle) return obstacle
  const { chainId } = terms()
  return withGate(async (tx) => {
    const bound = await insertWallet(tx, { chainId, address, personId: officer.personId })
    if (!bound && (await findWallet(tx, chainId, address))?.personId !== officer.personId) return walletTaken
    if (bound) await record(tx, officer, { act: 'bind:wallet', subject: address, detail: { chainId } })
    return accept({ address: getAddress(address), chainId })
  })
}

const terms = () => ({ origin: env().publicOrigin, chainId: env().chainId })

/** Somebody else's wallet: bound to them here, or theirs by the role table on the chain. */
async function whyNot(officer: Officer, address: Address) {
  const { chainId } = terms()
  const wallet = await withGate((tx) => findWallet(tx, chainId, address))
  if (wallet && wallet.personId !== officer.personId) return walletTaken
  const holder = await withActor(officer, (tx) => findSignerPerson(tx, chainId, address))
  if (holder && holder !== officer.chainPerson) return wrongWallet(address)
}

const walletTaken = refuse('wallet-taken', 'This wallet is bound to another person.')

const wrongWallet = (address: Address) =>
  refuse('wrong-wallet', 'The role table on the chain gives this wallet to another person.', {
    values: { address },
  })

const spent = refuse('replayed', 'This request to sign has been used or has expired. Ask for a new one.')

const notProven = refuse(
  'wrong-wallet',
  'The signature is not of the wallet and the text that were asked for.',
)
