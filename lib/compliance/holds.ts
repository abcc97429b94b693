import type { Holding } from './facts'

/** The arithmetic of freezes: contracts/src/instrument/Holds.sol and Controls.sol. */

export type Hold = Pick<Holding, 'frozen' | 'frozenUntil'>

/** What may move of a balance. The frozen amount may exceed it and then holds what comes in. */
export const freeOf = ({ balance, frozen }: Pick<Holding, 'balance' | 'frozen'>): bigint =>
  balance > frozen ? balance - frozen : 0n

export const isFrozen = ({ frozenUntil }: Pick<Holding, 'frozenUntil'>, now: bigint): boolean =>
  now < frozenUntil

/** The frozen amount after a forced transfer of at most the balance: it falls by the shortfall of what was free. */
export function frozenAfterForced(holding: Holding, amount: bigint): bigint {
  const free = freeOf(holding)
  return amount > free ? holding.frozen - (amount - free) : holding.frozen
}

/** What a recovery leaves on the replacement: whoever was held stays held, under another address. */
export function carried(lost: Hold, replacement: Hold, now: bigint): Hold {
  const longer = isFrozen(lost, now) && lost.frozenUntil > replacement.frozenUntil
  return {
    frozen: replacement.frozen + lost.frozen,
    frozenUntil: longer ? lost.frozenUntil : replacement.frozenUntil,
  }
}
