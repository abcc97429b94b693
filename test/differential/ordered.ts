import type { Address } from 'viem'
import { zeroHash } from 'viem'
import type { OrderAction } from '@/lib/chain/orders'
import { word } from '@/lib/compliance/facts'
import { scopes, windows } from '@/lib/compliance/limits'
import { type Act, bond, euro, type OrderAct, played } from './acts'
import { until } from './any-act'
import type { Ordered, TestLedger } from './ledger'
import { people } from './people'

export const isOrderAct = (act: Act): act is OrderAct => act.act in played

/** The order that the act means; undefined where there is no such limit to set. */
export function orderedOf(ledger: TestLedger, act: OrderAct, now: bigint): Ordered | undefined {
  const by = (target: Address, action: OrderAction, two = true): Ordered => ({ action, target, two })
  const instrument = 'instrument' in act ? ledger.instruments[act.instrument]!.address : ledger.registry
  const identity = 'identity' in act ? ledger.identities[act.identity]! : ledger.registry
  const holder = (index: number) => people.holders[index]!
  const { registry, policy } = ledger
  switch (act.act) {
    case 'DecideKyc': {
      const { status, tier } = act
      const expiry = until(now, act.lasts)
      return by(registry, { kind: act.act, identity, status, tier, expiry, evidence: zeroHash }, false)
    }
    case 'SetLimit': {
      const { scope, window, limit } = act
      if (scope === scopes.firm && window === windows.balance) return undefined
      const named = scope === scopes.identity ? ledger.identities[act.subject]! : 1 + (act.subject % 2)
      return by(policy, { kind: act.act, scope, subject: word(named), window, limit })
    }
    case 'SetRate': {
      const { numerator, denominator } = act
      return by(policy, { kind: act.act, instrument, numerator, denominator })
    }
    case 'SetScreening':
      return by(registry, { kind: act.act, identity, flagged: act.flagged }, act.two)
    case 'SetCountry':
      return by(registry, { kind: act.act, identity, country: act.country })
    case 'Freeze':
      return by(instrument, { kind: act.act, account: holder(act.account), ...termsOf(act, now) }, act.two)
    case 'Unfreeze':
      return by(instrument, { kind: act.act, account: holder(act.account) })
    case 'FreezeAmount':
      return by(instrument, { kind: act.act, account: holder(act.account), amount: act.amount })
    case 'Pause':
      return by(instrument, { kind: act.act, instrument, ...termsOf(act, now) }, act.two)
    case 'Unpause':
      return by(instrument, { kind: act.act, instrument })
    case 'ForcedTransfer': {
      const [from, to] = [holder(act.from), holder(act.to)]
      return by(instrument, { kind: act.act, from, to, amount: act.amount })
    }
    case 'Recover': {
      const [lost, replacement] = [holder(act.lost), holder(act.replacement)]
      return by(instrument, { kind: act.act, lost, replacement, identity })
    }
    case 'SetCountryRule': {
      const { country, listed } = act
      return by(moduleOf(ledger, act.instrument, 'countries'), { kind: act.act, country, listed })
    }
    case 'SetSupplyCap':
      return by(moduleOf(ledger, euro, 'supply'), { kind: act.act, cap: act.cap })
    case 'SetHolderCap':
      return by(moduleOf(ledger, euro, 'holder'), { kind: act.act, cap: act.cap })
    case 'Preapprove': {
      const [from, to, expiresAt] = [holder(act.from), holder(act.to), now + BigInt(act.lasts)]
      const action = { kind: act.act, from, to, amount: act.amount, expiresAt }
      return by(moduleOf(ledger, bond, 'preapproval'), action, false)
    }
    case 'SetTrustedIssuer': {
      const [issuer, topic] = [ledger.issuers[act.issuer]!, BigInt(act.topic)]
      return by(registry, { kind: act.act, issuer, topic, trusted: act.trusted })
    }
    case 'SetClaimTopic':
      return by(registry, { kind: act.act, topic: BigInt(act.topic), required: act.required })
  }
}

function termsOf(act: { lasts: number; review: number }, now: bigint) {
  return { expiresAt: until(now, act.lasts), reviewBy: now + BigInt(act.review) }
}

const moduleOf = (ledger: TestLedger, instrument: number, kind: string): Address =>
  ledger.instruments[instrument]!.modules.find((module) => module.kind.startsWith(kind))!.address
