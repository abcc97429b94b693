import { type Address, type Hex, zeroHash } from 'viem'
import type { Deployment } from '../../lib/chain/deployment'
import { createScript } from '../emitted-ledger'
import { type Act, addressOf, parts } from '../emitted-story'
import { type MadeBlock, type MadeCall, makeBlock } from '../made-block'
import type { Random } from '../random'
import { drawInstruments, type Holdings, speakFor } from './movers'

export const chainId = 31337

/** A block after others: all of a branch hangs on its last. */
export type Tip = { number: bigint; hash: Hex; time: bigint; parent: Tip | null } & MadeBlock
export type History = Awaited<ReturnType<typeof createHistory>>

const addressOfPart = Object.fromEntries(
  parts.map((part, index) => [part, addressOf('f0', index)]),
) as Record<Act['part'], Address>

/**
 * A random chain of a random set of instruments, made in memory: transactions with signatures, tries, receipts and
 * headers as a node would give them, so that every check holds. It forks wherever it is told to.
 */
export async function createHistory(random: Random) {
  const deployment = deploymentOf(random)
  const extra = deployment.instruments.slice(3)
  const script = createScript(random)
  let holdings: Holdings[] = [new Map()]
  let tip: Tip = {
    ...(await mine(null, [], 1_700_000_000n + BigInt(random.below(10_000_000)))),
    parent: null,
  }
  const byHash = new Map<Hex, Tip>([[tip.hash, tip]])

  async function extend(blocks: number): Promise<void> {
    for (let left = blocks; left > 0; left--) {
      const calls = script.nextBlock(4).map(callOf)
      const held = new Map(holdings.at(-1))
      for (const instrument of extra) {
        if (!random.chance(0.3)) continue
        const { to, entries } = speakFor(instrument, held, random)
        calls.push({ to, data: '0x', entries, refused: false })
      }
      holdings.push(held)
      tip = { ...(await mine(tip, calls, tip.time + BigInt(random.below(1500)))), parent: tip }
      byHash.set(tip.hash, tip)
    }
  }

  /** Forgets the last blocks. What comes next is another branch; the old one stays for whoever goes on telling it. */
  function forget(blocks: number): void {
    script.forget(blocks)
    holdings = holdings.slice(0, holdings.length - blocks)
    for (let left = blocks; left > 0; left--) tip = tip.parent!
  }

  /** To go back to this branch, whatever came since. */
  function mark(): () => void {
    const [back, held, at] = [script.mark(), holdings, tip]
    holdings = [...holdings]
    return () => {
      back()
      holdings = [...held]
      tip = at
    }
  }

  return { deployment, extend, forget, mark, byHash, tip: () => tip }
}

type Said = { to: Address; data: Hex; entries: { topics: Hex[]; data: Hex }[]; refused: boolean }

function callOf(act: Act): Said {
  const to = addressOfPart[act.part]
  if ('refused' in act) return { to, data: act.refused, entries: [], refused: true }
  return { to, data: '0x', entries: act.entries, refused: false }
}

async function mine(parent: Tip | null, said: Said[], time: bigint) {
  const number = parent ? parent.number + 1n : 0n
  const calls = said.map(({ to, data, entries, refused }, index): MadeCall => {
    const nonce = Number(number) * 100 + index
    const common = { to, data, nonce, chainId, gas: 16_000_000n, value: 0n }
    const logs = entries.map((entry) => ({ address: to, ...entry }))
    if (index % 2 === 0) return { transaction: { type: 'legacy', ...common, gasPrice: 7n }, logs, refused }
    const fees = { maxFeePerGas: 9n, maxPriorityFeePerGas: 1n }
    return { transaction: { type: 'eip1559', ...common, ...fees }, logs, refused }
  })
  const made = await makeBlock(calls, { number, parentHash: parent?.hash ?? zeroHash, time })
  return { ...made, number, hash: made.block.hash, time }
}

function deploymentOf(random: Random): Deployment {
  const { ours, foreign, spare, ...rest } = addressOfPart
  const partial = random.chance(0.2)
  return {
    chainId,
    startBlock: 1,
    ordersCodeHash: zeroHash,
    ...rest,
    instruments: [
      { address: ours, symbol: 'OURS', name: 'Ours', decimals: random.below(19), standard: 'plimsoll' },
      {
        ...{ address: foreign, symbol: 'THEIRS', name: 'Theirs', decimals: 18, standard: 'erc20' },
        history: partial ? 'partial' : 'full',
      },
      { address: spare, symbol: 'SPARE', name: 'Spare', decimals: 0, standard: 'erc20' },
      ...drawInstruments(random),
    ],
  }
}

/** From the first block after genesis to this one. */
export function branchOf(tip: Tip): Tip[] {
  const branch: Tip[] = []
  for (let at: Tip | null = tip; at?.parent; at = at.parent) branch.push(at)
  return branch.reverse()
}
