import {
  hashesOf,
  isKind,
  keccak,
  members,
  nameOf,
  type ReadOrder,
  readCall,
  readTypedData,
  textHash,
} from './second-decoder'

/** What the page says it is about to have signed; every word of it is compared with the bytes. */
export type Claims = {
  act: 'propose' | 'execute' | 'cancel' | 'reject'
  chainId: number
  /** The Orders contract. */
  contract: string
  /** Decimal text. */
  kindName: string
  target: string
  proposer: string
  nonce: string
  /** UNIX seconds, decimal text. */
  deadline: string
  reasonCode: string
  legalText: string
  /** The id the server keeps it under, and the two halves it is the hash of. */
  id: string
  domainHash: string
  messageHash: string
  /** The action as the page words it: scope → 'firm', limit → '4,000,000.00' … */
  words: Record<string, string>
  rejectReason?: string
}

export type Reading = {
  disagreements: string[]
  /** Exactly what a wallet can show: name and raw value; `says` where plain words help. */
  shown: { name: string; value: string; says?: string }[]
  hashes: { domain: string; message: string; digest: string }
  /** keccak256 of the calldata; '' for typed data. */
  dataHash: string
}

const statuses = ['none', 'pending', 'verified', 'suspended', 'revoked']
const scopes = ['identity', 'tier', 'firm']
const windows = ['per transfer', '24 hours', '30 days', 'balance']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const roles = ['administrator', 'officer', 'approver', 'registrar', 'issuer', 'anchor']
const lifted = String(2n ** 64n - 1n)

/** Reads what the wallet will get and says in sentences wherever the page says otherwise. @throws UnreadableError */
export function secondReading(
  claims: Claims,
  payload: { to: string; data: string } | { typedData: string },
): Reading {
  const found: string[] = []
  const compare = (what: string, page: string, bytes: string) => {
    if (page.toLowerCase() !== bytes.toLowerCase())
      found.push(`${what}: the page says ${page}, the bytes say ${bytes}`)
  }
  let order: ReadOrder
  let act = 'propose'
  let extra: Reading['shown'] = []
  if ('typedData' in payload) {
    const read = readTypedData(payload.typedData)
    order = read.order
    compare('Chain', String(claims.chainId), String(read.chainId))
    compare('Contract', claims.contract, `0x${read.contract}`)
  } else {
    const read = readCall(payload.data)
    order = read.order
    // Calldata does not say where it goes, and the wallet sends it to `to` whatever it says.
    compare('Contract', claims.contract, payload.to)
    act = read.act
    if (read.act === 'reject') {
      const code = asciiOf(read.rejectReason)
      compare('Reason for rejecting', claims.rejectReason ?? '', code)
      extra = [{ name: 'reason', value: `0x${read.rejectReason}`, says: code }]
    }
  }
  compare('Act', claims.act, act)
  compare('Kind', claims.kindName, nameOf(order.kind))
  compare('Target', claims.target, `0x${order.target}`)
  compare('Proposer', claims.proposer, `0x${order.proposer}`)
  compare('Nonce', claims.nonce, String(order.nonce))
  compare('Deadline', claims.deadline, String(order.deadline))
  compare('Reason', claims.reasonCode, asciiOf(order.reason))
  compare('Legal reference', textHash(claims.legalText), order.legalRef)
  const says = wordsOf(order)
  for (const [name, value] of Object.entries(says)) compare(name, claims.words[name] ?? 'nothing', value)
  for (const name of Object.keys(claims.words)) if (!(name in says)) found.push(`${name}: not in the bytes`)
  const hashes = hashesOf(order, claims.chainId, claims.contract)
  compare('Order id', claims.id, `0x${hashes.digest}`)
  compare('Domain hash', claims.domainHash, `0x${hashes.domain}`)
  compare('Message hash', claims.messageHash, `0x${hashes.message}`)
  return {
    disagreements: found,
    shown: [
      { name: 'target', value: `0x${order.target}` },
      ...members(order).map(([name, value]) => ({ name, value, ...sayUnless(value, says[name]) })),
      { name: 'reason', value: `0x${order.reason}`, says: asciiOf(order.reason) },
      { name: 'legalRef', value: `0x${order.legalRef}` },
      { name: 'proposer', value: `0x${order.proposer}` },
      { name: 'nonce', value: String(order.nonce) },
      { name: 'deadline', value: String(order.deadline), says: dateOf(order.deadline) },
      ...extra,
    ],
    hashes,
    dataHash: 'data' in payload ? keccak(payload.data.slice(2).toLowerCase()) : '',
  }
}

/** The action in plain words, by this file's own tables and formatters. */
function wordsOf(order: ReadOrder): Record<string, string> {
  const raw = Object.fromEntries(members(order)) as Record<string, string>
  switch (order.kind) {
    case 1:
      return {
        identity: raw.identity!,
        status: statuses[Number(raw.status)] ?? `unknown status ${raw.status}`,
        tier: raw.tier!,
        expiry: raw.expiry === '0' ? 'none' : dateOf(BigInt(raw.expiry!)),
        evidence: raw.evidence!,
      }
    case 2: {
      const scope = scopes[Number(raw.scope)] ?? `unknown scope ${raw.scope}`
      return {
        scope,
        subject: scope === 'identity' ? `0x${raw.subject!.slice(26)}` : String(BigInt(raw.subject!)),
        window: windows[Number(raw.window)] ?? `unknown window ${raw.window}`,
        limit: moneyOf(BigInt(raw.limit!)),
      }
    }
    case 4:
    case 8:
      return {
        ...raw,
        reviewBy: dateOf(BigInt(raw.reviewBy!)),
        expiresAt: raw.expiresAt === lifted ? 'until lifted' : dateOf(BigInt(raw.expiresAt!)),
      }
    case 6:
      return { ...raw, roles: rolesOf(BigInt(raw.roles!)) }
    case 7: {
      const kind = Number(raw.kind)
      return { kind: isKind(kind) ? nameOf(kind) : `unknown kind ${raw.kind}`, signatures: raw.signatures! }
    }
    case 16:
      return { ...raw, expiresAt: dateOf(BigInt(raw.expiresAt!)) }
    case 20:
      if (raw.until === '0') return { ...raw, startsAt: 'at once', until: 'ended' }
      return { ...raw, startsAt: dateOf(BigInt(raw.startsAt!)), until: dateOf(BigInt(raw.until!)) }
    default:
      return raw
  }
}

/** The roles of a word, lowest bit first; a bit without a name makes the whole unknown. */
function rolesOf(word: bigint): string {
  if (word === 0n) return 'none'
  if (word >> BigInt(roles.length) !== 0n) return `unknown roles ${word}`
  return roles.filter((_, bit) => (word >> BigInt(bit)) & 1n).join(', ')
}

function moneyOf(cents: bigint): string {
  if (cents === 2n ** 256n - 1n) return 'no limit'
  const whole = String(cents / 100n).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${whole}.${String(cents % 100n).padStart(2, '0')}`
}

function dateOf(seconds: bigint): string {
  const date = new Date(Number(seconds) * 1000)
  if (Number.isNaN(date.getTime())) return `${seconds} s`
  const two = (value: number) => String(value).padStart(2, '0')
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} ${clock} UTC`
}

/** ASCII of a bytes32, left-aligned; anything else is shown as the bytes it is. */
function asciiOf(hex: string): string {
  const trimmed = hex.replace(/(00)+$/, '')
  const text = (trimmed.match(/../g) ?? [])
    .map((pair) => String.fromCharCode(Number.parseInt(pair, 16)))
    .join('')
  return /^[\x20-\x7e]*$/.test(text) ? text : `0x${hex}`
}

const sayUnless = (value: string, says: string | undefined) =>
  says === undefined || says === value ? {} : { says }
