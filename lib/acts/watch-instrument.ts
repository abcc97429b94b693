import 'server-only'
import { record } from '@/lib/audit/journal'
import { may, type Officer } from '@/lib/auth/officer'
import { standardName } from '@/lib/chain/adapters/all'
import { type Look, lookAt } from '@/lib/chain/adapters/look'
import { type Tx, withActor } from '@/lib/db/client'
import { findCursor } from '@/lib/db/cursor'
import { findInstrument } from '@/lib/db/instrument'
import {
  findChainStart,
  insertWatchedInstrument,
  listWatchedInstruments,
  updateWatchedAgain,
  type WatchedRecord,
} from '@/lib/db/watched-instrument'
import { env } from '@/lib/env'
import { accept, type Refusal, type Result, refuse } from '@/lib/errors/refusal'
import { groupDigits } from '@/lib/format/number'
import type { WatchInstrumentInput } from './watch-instrument.schema'

/** What would be watched, for whoever decides. Block numbers as decimal text. */
export type WatchPreview = {
  address: string
  name: string
  symbol: string
  decimals: number
  standard: string
  capabilities: string[]
  startBlock: string
  history: 'full' | 'partial'
  /** Why that, if it is not full. */
  note: string | null
  /** Blocks that have to be read. */
  blocks: string
  /** The last block of which it was read before it was let go; null if nobody ever watched it. */
  readTo: string | null
}

const notPermitted = refuse('not-permitted', 'Your role may not have instruments watched.')

/** Looks at a contract and says what it was found to be. Changes nothing. */
export async function previewWatch(
  officer: Officer,
  input: WatchInstrumentInput,
): Promise<Result<WatchPreview>> {
  if (!may(officer, 'watch:instrument')) return notPermitted
  const known = await withActor(officer, (tx) => whyKnown(tx, input.address))
  if (known) return { ok: false, refusal: known }
  const look = await lookOnce(input)
  if (!look.ok) return look
  return withActor(officer, async (tx) => settle(tx, input, look.value, await findEnded(tx, input.address)))
}

/**
 * Has an instrument watched that we did not deploy: recognised again, from the chain and not from what the form says.
 * The worker reads its past from the block of its deployment.
 */
export async function watchInstrument(
  officer: Officer,
  input: WatchInstrumentInput,
): Promise<Result<{ address: string }>> {
  if (!may(officer, 'watch:instrument')) return notPermitted
  const look = await lookOnce(input)
  if (!look.ok) return look
  return withActor(officer, async (tx) => {
    const known = await whyKnown(tx, input.address)
    if (known) return { ok: false, refusal: known }
    const settled = await settle(tx, input, look.value, await findEnded(tx, input.address))
    if (!settled.ok) return settled
    const { name, symbol, decimals, standard, capabilities, startBlock, history, note, readTo } =
      settled.value
    const key = { chainId: env().chainId, address: input.address, addedBy: officer.personId }
    const isNew =
      readTo === null
        ? await insertWatchedInstrument(tx, {
            ...{ ...key, name, symbol, decimals, standard, capabilities, history, note },
            startBlock: BigInt(startBlock),
          })
        : await updateWatchedAgain(tx, { ...key, name })
    if (!isNew) return alreadyWatched
    const detail = { symbol, standard, startBlock, history, capabilities: capabilities.join(' '), readTo }
    await record(tx, officer, { act: 'watch:instrument', subject: input.address, detail })
    return accept({ address: input.address })
  })
}

const alreadyWatched = refuse('already-watched', 'This instrument is watched already.', {
  fields: { address: 'This instrument is watched already: it is in the list' },
})

/** Undefined: nobody watches it yet, or any more. */
async function whyKnown(tx: Tx, address: WatchInstrumentInput['address']): Promise<Refusal | undefined> {
  const { chainId } = env()
  const watched = (await listWatchedInstruments(tx, chainId)).find((each) => each.address === address)
  if (watched?.state === 'ended') return undefined
  return watched || (await findInstrument(tx, chainId, address)) ? alreadyWatched.refusal : undefined
}

/** As it was watched until somebody let it go. */
const findEnded = async (
  tx: Tx,
  address: WatchInstrumentInput['address'],
): Promise<WatchedRecord | undefined> =>
  (await listWatchedInstruments(tx, env().chainId)).find(
    (each) => each.address === address && each.state === 'ended',
  )

type Token = Extract<Look, { adapter: unknown }>

async function lookOnce({ address, startBlock }: WatchInstrumentInput): Promise<Result<Token>> {
  const { rpcUrls } = env()
  let look: Look
  try {
    look = await lookAt(rpcUrls, address, startBlock === '' ? null : BigInt(startBlock))
  } catch (error) {
    const values = { error: error instanceof Error ? error.name : 'unknown' }
    const words = 'The node did not answer. Nothing was changed; try again in a moment.'
    return refuse('chain-unreachable', words, { values })
  }
  if ('why' in look) {
    const fields = { address: look.words }
    if (look.why === 'no-code') return refuse('no-contract', `${look.words}.`, { fields })
    return refuse('no-token', `No token was recognised. ${look.words}.`, { fields })
  }
  const { said, startBlock: block } = look
  if (block === null) return badBlock('The node no longer knows when it was deployed: enter the block')
  if (said === 'future') return badBlock('This block is not there yet')
  if (said === 'early') return badBlock('After this block there is no contract there yet: it came later')
  if (said === 'late')
    return badBlock('Before this block there was a contract there already: it came earlier')
  return accept(look)
}

const badBlock = (words: string) => refuse('bad-input', `${words}.`, { fields: { startBlock: words } })

/** The look beside what is indexed, and beside how it was watched before. */
async function settle(
  tx: Tx,
  { address, name }: WatchInstrumentInput,
  look: Token,
  ended: WatchedRecord | undefined,
): Promise<Result<WatchPreview>> {
  const { chainId } = env()
  const [start, cursor] = [await findChainStart(tx, chainId), await findCursor(tx, chainId)]
  if (start === undefined || !cursor) {
    return refuse('stale', 'Nothing of this chain is indexed yet. Wait until the worker has begun.')
  }
  const { adapter, capabilities, symbol, decimals } = look
  if (ended) return settleAgain(ended, look, name, cursor.number)
  const isWhole = look.startBlock! >= start
  const note = isWhole
    ? null
    : `It is older than block ${groupDigits(start)}, where this index begins: transfers from there on, no balances`
  const first = isWhole ? look.startBlock! : start
  return accept({
    ...{ address, symbol, decimals, capabilities, standard: adapter.standard, note },
    name: name === '' ? look.name : name,
    startBlock: String(first),
    history: isWhole ? 'full' : 'partial',
    blocks: String(cursor.number >= first ? cursor.number - first + 1n : 0n),
    readTo: null,
  })
}

/** What was read one way cannot go on another: it is what it was when it was let go, or it is not taken up. */
function settleAgain(ended: WatchedRecord, look: Token, name: string, at: bigint): Result<WatchPreview> {
  const { address, symbol, decimals, standard, capabilities, startBlock, history } = ended
  if (look.adapter.standard !== standard || look.decimals !== decimals) {
    const words = `It was watched as ${standardName(standard)} with ${decimals} decimals and is another kind of contract now`
    return refuse('no-token', `${words}. What was read of it stays; it cannot be followed on.`, {
      fields: { address: words },
    })
  }
  const readTo = ended.endBlock!
  return accept({
    ...{ address, symbol, decimals, standard, capabilities, history },
    name: name === '' ? ended.name : name,
    startBlock: String(startBlock),
    note: history === 'full' ? null : 'Its whole history is not known: transfers, no balances',
    blocks: String(at > readTo ? at - readTo : 0n),
    readTo: String(readTo),
  })
}
