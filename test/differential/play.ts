import type { Act } from './acts'
import { compareState, compareVerdicts } from './compare'
import { type TestLedger, timeOf } from './ledger'
import { isDone } from './node'
import { perform, type Sent } from './perform'
import { disagree, same } from './same'
import type { World } from './state'
import type { Tally } from './tally'

const perBlock = 12
/** Blocks between two looks at all there is to see; refusals and verdicts are compared with each. */
const perLook = 4

/** Plays the acts on chain and model, several to a block, and compares after each block. */
export async function play(
  ledger: TestLedger,
  world: World,
  acts: readonly Act[],
  tally: Tally,
): Promise<void> {
  let now = (await timeOf(ledger)) + 1n
  let block: Sent[] = []
  let blocks = 0
  let last = now - 1n
  const close = async () => {
    if (block.length === 0) return
    await settle(ledger, now, block, tally)
    await compareVerdicts(ledger, world, now, block)
    if (++blocks % perLook === 0) await compareState(ledger, world, now)
    block = []
    last = now
    now += 1n
  }
  for (const act of acts) {
    if (act.act === 'wait') {
      await close()
      now += BigInt(act.seconds)
      continue
    }
    block.push(...(await perform(ledger, world, act, now)))
    if (block.length >= perBlock) await close()
  }
  await close()
  await compareState(ledger, world, last)
}

/** Mines and holds every outcome, and every refusal's four members or name, against what was expected. */
export async function settle(ledger: TestLedger, now: bigint, block: readonly Sent[], tally: Tally) {
  const receipts = await ledger.mine(now, block)
  const refused: { hash: `0x${string}`; sent: Sent }[] = []
  for (const [at, { status, transactionHash }] of receipts.entries()) {
    const sent = block[at]!
    const done = status === '0x1'
    if (done !== isDone(sent.expected)) disagree(now, sent.act, sent.expected, done ? 'done' : 'refused')
    if (!done) refused.push({ hash: transactionHash, sent })
    tally.count(typeof sent.act === 'string' ? sent.act : sent.act.act, sent.expected)
  }
  const outcomes = await ledger.refusals(refused.map(({ hash }) => hash))
  for (const [at, outcome] of outcomes.entries())
    same(now, refused[at]!.sent.act, refused[at]!.sent.expected, outcome)
}
