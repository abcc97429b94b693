import { roleBits, untilLifted } from '@/lib/chain/order-kinds'
import { kindLabel, kindName, type OrderAction } from '@/lib/chain/orders'
import { noLimit } from '@/lib/compliance/limits'
import { checksum } from '@/lib/format/address'
import { plural } from '@/lib/format/number'
import { formatTime } from '@/lib/format/time'

/** Each kind of order in a sentence, from its arguments alone: what the contracts will do, and to whom. */

export type Phrase = {
  /** A whole sentence without its full stop; its first letter is a small one where a name does not begin it. */
  title: string
  /** For 'You propose …', 'You approve …'. */
  object: string
  /** The state that it leaves. */
  after: string
}

type Worded = Exclude<OrderAction, { kind: 'SetLimit' | 'DecideKyc' }>

export function phraseOf(action: OrderAction): Phrase {
  switch (action.kind) {
    case 'SetLimit':
    case 'DecideKyc':
      throw new Error(`${action.kind} has words of its own`)
    default:
      return phrases(action)
  }
}

function phrases(action: Worded): Phrase {
  switch (action.kind) {
    case 'SetRate': {
      const { numerator, denominator } = action
      const rate = `${numerator} to ${denominator}`
      const of = checksum(action.instrument)
      return say(`the rate of ${of} becomes ${rate}`, `a rate of ${rate} for ${of}`, rate)
    }
    case 'Freeze': {
      const account = checksum(action.account)
      const end = endOf(action.expiresAt)
      const review = `reviewed by ${at(action.reviewBy)}`
      return say(
        `${account} is frozen ${end}, ${review}`,
        `a freeze of ${account} ${end}`,
        `frozen ${end}, ${review}`,
      )
    }
    case 'Unfreeze': {
      const account = checksum(action.account)
      return say(`the freeze of ${account} is lifted`, `to lift the freeze of ${account}`, 'not frozen')
    }
    case 'SetRoles': {
      const account = checksum(action.account)
      const roles = rolesOf(action.roles)
      return say(`the roles of ${account} become: ${roles}`, `the roles of ${account}: ${roles}`, roles)
    }
    case 'SetSignatures': {
      const what = `${plural(action.signatures, 'signature')} for ${kindLabel(action.ofKind).toLowerCase()} orders`
      return say(`${what} from now on`, what, plural(action.signatures, 'signature'))
    }
    case 'Pause': {
      const instrument = checksum(action.instrument)
      const end = endOf(action.expiresAt)
      const review = `reviewed by ${at(action.reviewBy)}`
      return say(
        `${instrument} is paused ${end}, ${review}`,
        `a pause of ${instrument} ${end}`,
        `paused ${end}, ${review}`,
      )
    }
    case 'Unpause': {
      const instrument = checksum(action.instrument)
      return say(`the pause of ${instrument} is lifted`, `to lift the pause of ${instrument}`, 'not paused')
    }
    case 'FreezeAmount': {
      const what = `${action.amount} units of ${checksum(action.account)}`
      return say(`${what} are frozen in all`, `to freeze ${what} in all`, `${action.amount} units frozen`)
    }
    case 'ForcedTransfer': {
      const what = `${action.amount} units from ${checksum(action.from)} to ${checksum(action.to)}`
      return say(`${what} are moved by force`, `a forced transfer of ${what}`, `moved: ${what}`)
    }
    case 'Recover': {
      const [lost, replacement] = [checksum(action.lost), checksum(action.replacement)]
      const who = `of the identity ${checksum(action.identity)}`
      return say(
        `${replacement} takes over all that ${lost} holds, ${who}`,
        `the recovery of ${lost} to ${replacement}, ${who}`,
        `all that ${lost} held is with ${replacement}`,
      )
    }
    case 'SetCountryRule': {
      const listed = action.listed ? 'on the list' : 'not on the list'
      return say(
        `country ${action.country} is ${listed} of the rule`,
        `that country ${action.country} is ${listed} of the rule`,
        listed,
      )
    }
    case 'SetSupplyCap': {
      const cap = action.cap === noLimit ? 'no cap' : `${action.cap} units`
      return say(`the supply is capped at: ${cap}`, `a cap of the supply: ${cap}`, cap)
    }
    case 'SetHolderCap': {
      const cap = action.cap === noLimit ? 'no cap' : `${action.cap} identities`
      return say(`the holders are capped at: ${cap}`, `a cap of the holders: ${cap}`, cap)
    }
    case 'Preapprove': {
      const what = `${action.amount} units from ${checksum(action.from)} to ${checksum(action.to)}`
      const end = `before ${at(action.expiresAt)}`
      return say(`${what} may move once, ${end}`, `one transfer of ${what}, ${end}`, `allowed once, ${end}`)
    }
    case 'SetScreening': {
      const identity = checksum(action.identity)
      const state = action.flagged ? 'flagged by screening' : 'not flagged'
      return say(`${identity} is ${state}`, `that ${identity} is ${state}`, state)
    }
    case 'SetTrustedIssuer': {
      const issuer = checksum(action.issuer)
      const state = action.trusted ? 'trusted' : 'not trusted any more'
      return say(
        `${issuer} is ${state} for claims of topic ${action.topic}`,
        `that ${issuer} is ${state} for claims of topic ${action.topic}`,
        state,
      )
    }
    case 'SetClaimTopic': {
      const state = action.required ? 'required' : 'not required any more'
      return say(
        `claims of topic ${action.topic} are ${state}`,
        `that claims of topic ${action.topic} are ${state}`,
        state,
      )
    }
    case 'Delegate': {
      const [principal, delegate] = [checksum(action.principal), checksum(action.delegate)]
      if (action.until === 0n) {
        return say(
          `${delegate} acts for ${principal} no longer`,
          `that ${delegate} acts for ${principal} no longer`,
          'no delegation',
        )
      }
      const time = `from ${at(action.startsAt)} to ${at(action.until)}`
      return say(
        `${delegate} acts for ${principal} ${time}`,
        `that ${delegate} acts for ${principal} ${time}`,
        time,
      )
    }
    case 'SetCompliance': {
      const to = checksum(action.compliance)
      return say(`the instrument obeys the rules of ${to}`, `the rules of ${to} for the instrument`, to)
    }
    case 'Upgrade': {
      const to = checksum(action.implementation)
      return say(
        `the upgrade of the instrument to ${to} is scheduled`,
        `an upgrade of the instrument to ${to}`,
        to,
      )
    }
    case 'SetCountry': {
      const identity = checksum(action.identity)
      const country = `country ${action.country}`
      return say(`${identity} is of ${country}`, `that ${identity} is of ${country}`, country)
    }
  }
}

/** What the page claims of an action's members, to be read back from the bytes by the second decoder. */
export function claimedMembers(action: OrderAction): Record<string, string> {
  const { kind, ...members } = action
  const raw = Object.fromEntries(Object.entries(members).map(([name, value]) => [name, String(value)]))
  switch (action.kind) {
    case 'Freeze':
    case 'Pause': {
      const lifted = action.expiresAt === untilLifted
      return {
        ...raw,
        reviewBy: at(action.reviewBy),
        expiresAt: lifted ? 'until lifted' : at(action.expiresAt),
      }
    }
    case 'SetRoles':
      return { ...raw, roles: rolesOf(action.roles) }
    case 'SetSignatures':
      return { kind: kindName(action.ofKind), signatures: String(action.signatures) }
    case 'Preapprove':
      return { ...raw, expiresAt: at(action.expiresAt) }
    case 'Delegate':
      if (action.until === 0n) return { ...raw, startsAt: 'at once', until: 'ended' }
      return { ...raw, startsAt: at(action.startsAt), until: at(action.until) }
    default:
      return raw
  }
}

const say = (title: string, object: string, after: string): Phrase => ({ title, object, after })
const endOf = (seconds: bigint) => (seconds === untilLifted ? 'until it is lifted' : `until ${at(seconds)}`)

/** A moment to the second, as the second decoder says it; beyond what a calendar can say, the seconds. */
function at(seconds: bigint): string {
  const date = new Date(Number(seconds) * 1000)
  return Number.isNaN(date.getTime()) ? `${seconds} s` : formatTime(date)
}

/** 'officer, approver'; 'none'. */
export function rolesOf(word: bigint): string {
  if (word === 0n) return 'none'
  if (word >> BigInt(roleBits.length) !== 0n) return `unknown roles ${word}`
  return roleBits.filter((_, bit) => (word >> BigInt(bit)) & 1n).join(', ')
}
