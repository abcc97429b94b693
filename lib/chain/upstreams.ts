import { Fault, isVerificationFault } from '../errors/fault'
import { createHealth, type Health } from './health'
import { createPace } from './pace'
import { type Answer, type Call, createRpc, type Rpc, resultOf } from './rpc'

/** One node of several, known by a name that holds no key. Everything asked through its `rpc` is paced and counted. */
export type Upstream = { name: string; url: string; rpc: Rpc; health: Health }

export type Attempt = {
  /** Only nodes that had this block in their head, as far as is known. */
  upTo?: bigint
  /** Made of a node before its first answer is used, and again when its connection is new: throws a Fault. */
  check?: (one: Rpc) => Promise<unknown>
}

/** Several nodes of one chain as one. */
export type Upstreams = Rpc & {
  members: readonly Upstream[]
  /**
   * Runs work against one node, the best first; if what it says does not hold or it does not answer, against the next.
   * Work is run as a whole: nothing of it mixes the answers of two nodes. The last words are those of the worst fault.
   */
  attempt: <T>(work: (one: Rpc, by: Upstream) => Promise<T>, how?: Attempt) => Promise<T>
  /** The same against this one alone. */
  only: <T>(by: Upstream, work: (one: Rpc) => Promise<T>, check?: Attempt['check']) => Promise<T>
  /** Whoever may be asked now; if all rest, the one whose rest ends first. */
  askable: (upTo?: bigint) => Upstream[]
  /** Called when what a node said is not so. */
  onLie: (by: Upstream, fault: Fault) => void
}

export type UpstreamConfig = { url: string; perSecond?: number }

export function createUpstreams(
  configs: readonly UpstreamConfig[],
  { timeout, now = Date.now, random }: { timeout?: number; now?: () => number; random?: () => number } = {},
): Upstreams {
  const rpcs = configs.map(({ url, perSecond }) => ({ rpc: createRpc(url, { timeout }), perSecond }))
  return gather(rpcs, now, random)
}

const gathered = new WeakMap<Rpc, Upstreams>()

/** A single node is several nodes of which there is one. */
export function upstreamsOf(rpc: Rpc): Upstreams {
  const known = gathered.get(rpc)
  if (known) return known
  const upstreams = gather([{ rpc }], Date.now)
  gathered.set(rpc, upstreams)
  return upstreams
}

function gather(
  rpcs: readonly { rpc: Rpc; perSecond?: number }[],
  now: () => number,
  random?: () => number,
): Upstreams {
  const members = nameAll(rpcs.map(({ rpc }) => rpc.url)).map((name, index): Upstream => {
    const { rpc, perSecond } = rpcs[index]!
    const health = createHealth(random)
    return { name, url: rpc.url, rpc: measure(rpc, health, createPace(perSecond, now), now), health }
  })

  function askable(upTo?: bigint): Upstream[] {
    const able = members.filter(({ health: { head } }) => upTo === undefined || !head || head.number >= upTo)
    const among = able.length > 0 ? able : members
    const ready = among.filter(({ health }) => health.wait(now()) === 0)
    if (ready.length > 0) return ready.sort((a, b) => a.health.score() - b.health.score())
    const waiting = among.filter(({ health }) => !health.isLimited())
    return waiting.sort((a, b) => a.health.wait(now()) - b.health.wait(now())).slice(0, 1)
  }

  async function only<T>(by: Upstream, work: (one: Rpc) => Promise<T>, check?: Attempt['check']): Promise<T> {
    try {
      if (check && !by.health.isChecked) await check(by.rpc)
      if (check) by.health.isChecked = true
      const result = await work(by.rpc)
      by.health.worked()
      return result
    } catch (error) {
      if (error instanceof Fault && !ofLedger.has(error.code)) judge(by, error)
      throw error
    }
  }

  async function attempt<T>(
    work: (one: Rpc, by: Upstream) => Promise<T>,
    { upTo, check }: Attempt = {},
  ): Promise<T> {
    const faults: { by: Upstream; fault: Fault }[] = []
    for (const by of askable(upTo)) {
      try {
        const result = await only(by, (one) => work(one, by), check)
        if (check) by.health.stood()
        for (const { by: other, fault } of faults) if (fault.code === 'parent-mismatch') lie(other, fault)
        return result
      } catch (error) {
        if (!(error instanceof Fault) || ofLedger.has(error.code)) throw error
        faults.push({ by, fault: error })
      }
    }
    if (faults.length > 0) throw worstOf(faults.map(({ fault }) => fault))
    const retryAfterMs = Math.min(...members.map(({ health }) => health.wait(now())))
    throw new Fault('node-limited', 'Every node has had enough calls for now', { retryAfterMs })
  }

  function lie(by: Upstream, fault: Fault) {
    by.health.lied(fault, now())
    upstreams.onLie(by, fault)
  }

  function judge(by: Upstream, fault: Fault) {
    const { code } = fault
    // A block that follows none of ours may be one of a chain that was just reorganised: others will tell.
    if (code === 'parent-mismatch') return by.health.erred(fault, now())
    if (isVerificationFault(fault) || lacksPast(by, fault)) return lie(by, fault)
    if (code === 'node-error') by.health.erred(fault, now()) // the rest was counted where it was measured
  }

  async function batch(calls: readonly Call[]): Promise<Answer[]> {
    return attempt((one) => one.batch(calls))
  }
  const call = async (method: string, ...params: unknown[]) =>
    resultOf(method, (await batch([{ method, params }]))[0]!)

  const url = members[0]!.url
  const upstreams: Upstreams = { url, call, batch, members, attempt, only, askable, onLie: () => {} }
  gathered.set(upstreams, upstreams)
  return upstreams
}

/** Faults that another node cannot mend: of what is stored, or of a chain that all may have. */
const ofLedger: ReadonlySet<string> = new Set([
  'fenced',
  'cursor-moved',
  'reorg-below-finality',
  'ledger-conflict',
  'nodes-disagree',
])

const lacksPast = ({ health: { head } }: Upstream, { code, values }: Fault) =>
  code === 'block-missing' &&
  head !== null &&
  /^\d+$/.test(String(values.block)) &&
  BigInt(values.block!) <= head.number

const order: readonly string[] = ['node-unreachable', 'node-timeout', 'node-limited', 'block-missing']
function weightOf(fault: Fault): number {
  const { code } = fault
  if (isVerificationFault(fault)) return 10
  return order.includes(code) ? order.indexOf(code) : order.length
}
const worstOf = (faults: readonly Fault[]) =>
  faults.reduce((worst, fault) => (weightOf(fault) > weightOf(worst) ? fault : worst))

/** Host and port: the rest of an address may hold a key. Numbered where two share them. */
function nameAll(urls: readonly string[]): string[] {
  const hosts = urls.map((url) => new URL(url).host)
  return hosts.map((host, index) => {
    const before = hosts.slice(0, index).filter((other) => other === host).length
    return before === 0 ? host : `${host} (${before + 1})`
  })
}

function measure(rpc: Rpc, health: Health, pace: (calls: number) => Promise<void>, now: () => number): Rpc {
  async function batch(calls: readonly Call[]) {
    await pace(calls.length)
    const start = now()
    health.busy += 1
    try {
      const answers = await rpc.batch(calls)
      health.answered(now() - start)
      return answers
    } catch (error) {
      if (error instanceof Fault) {
        if (error.code === 'node-limited') health.limited(error, now())
        else if (error.code === 'answer-too-large') health.erred(error, now())
        else health.failed(error, now())
      }
      throw error
    } finally {
      health.busy -= 1
    }
  }
  const call = async (method: string, ...params: unknown[]) =>
    resultOf(method, (await batch([{ method, params }]))[0]!)
  return { url: rpc.url, call, batch }
}
