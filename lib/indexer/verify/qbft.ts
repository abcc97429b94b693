import type { Address } from 'viem'
import { Fault } from '../../errors/fault'
import type { Header } from '../decode/answers'
import { encodeHeader } from './header'
import { keccak256 } from './keccak'
import { type QbftExtra, readExtra, sealable } from './qbft-extra'
import { digitsOf } from './rlp'
import type { PinnedValidators } from './rules'
import { signerOf } from './signature'

/** How many of `count` validators must have sealed a block. */
export const quorumOf = (count: number): number => Math.ceil((2 * count) / 3)

/**
 * That a quorum of the block's validators committed to it. The genesis has no seals: it is pinned by its hash.
 * @throws Fault `extra-data`, `validators-unknown`, `seal-invalid`, `seal-duplicate`, `seal-outsider`, `seal-quorum`.
 */
export function checkSeals(header: Header, pinned: readonly PinnedValidators[] = []): void {
  if (header.number === 0n) return
  const extra = readExtra(header)
  const validators = new Set(validatorsOf(header, extra, pinned))
  const sealers = new Set<Address>()
  for (const sealer of sealersOf(header, extra)) {
    if (sealer === null) throw fault('seal-invalid', header, 'nobody can have made one of its seals')
    if (sealers.has(sealer)) throw fault('seal-duplicate', header, `${sealer} sealed it twice`)
    if (!validators.has(sealer))
      throw fault('seal-outsider', header, `${sealer} sealed it and is no validator`)
    sealers.add(sealer)
  }
  const quorum = quorumOf(validators.size)
  if (sealers.size >= quorum) return
  throw fault(
    'seal-quorum',
    header,
    `${sealers.size} of ${validators.size} validators sealed it, ${quorum} must`,
  )
}

/**
 * That the block's validators are its parent's, or differ from them in the one whom the parent's vote names, or are
 * pinned from this block on. Whether that vote was the one that made a majority is what the quorum vouches for
 * (docs/decisions/013).
 * @returns Who came or went.
 * @throws Fault `validators-changed`, naming who did.
 */
export function checkSuccession(
  parent: Header,
  header: Header,
  pinned: readonly PinnedValidators[] = [],
): ValidatorChange | null {
  const [former, present] = [readExtra(parent), readExtra(header)]
  const before = validatorsOf(parent, former, pinned)
  const after = validatorsOf(header, present, pinned)
  const added = after.filter((validator) => !before.includes(validator))
  const removed = before.filter((validator) => !after.includes(validator))
  if (added.length + removed.length === 0) return null
  const { vote } = former
  const voted =
    vote !== null &&
    added.length + removed.length === 1 &&
    (vote.add ? added : removed).includes(vote.validator)
  const told = pinned.some(({ fromBlock }) => fromBlock === header.number)
  if (voted || told) return { block: header.number, added, removed }
  const what = `validators changed with no vote for it: came ${list(added)}, went ${list(removed)}`
  throw fault('validators-changed', header, what)
}

export type ValidatorChange = { block: bigint; added: Address[]; removed: Address[] }

/** The header's own list, or what is pinned for the block where a contract names the validators. */
function validatorsOf(
  header: Header,
  { validators }: QbftExtra,
  pinned: readonly PinnedValidators[],
): Address[] {
  const told = pinned.findLast(({ fromBlock }) => fromBlock <= header.number)
  if (validators.length > 0) {
    if (new Set(validators).size < validators.length)
      throw fault('extra-data', header, 'it names a validator twice')
    if (told?.fromBlock === header.number && !sameSet(told.addresses, validators)) {
      throw fault('validators-changed', header, `its validators are not those pinned: ${list(validators)}`)
    }
    return validators
  }
  if (told) return [...told.addresses]
  throw fault('validators-unknown', header, 'it does not name its validators, and none are pinned')
}

/** Who signed the header with its round and without seals; null where nobody can have. */
function sealersOf(header: Header, extra: QbftExtra): (Address | null)[] {
  const digest = keccak256(Buffer.from(encodeHeader(header, sealable(extra, extra)), 'hex'))
  return extra.seals.map((seal) => {
    const bytes = Buffer.from(digitsOf(seal), 'hex')
    const recovery = bytes[64]!
    return recovery < 2 ? signerOf(digest, bytes.subarray(0, 64), recovery) : null
  })
}

const sameSet = (one: readonly Address[], other: readonly Address[]) =>
  one.length === other.length && one.every((address) => other.includes(address))

const list = (addresses: readonly Address[]) => addresses.join(', ') || 'nobody'

const fault = (code: Fault['code'], { number, hash }: Header, what: string) =>
  new Fault(code, `Block ${number}: ${what}`, { block: String(number), hash })
