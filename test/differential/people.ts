import type { Address } from 'viem'
import { demonstrationAccount, wallets } from '@/prisma/seed/acts'
import { accounts, keyed } from './acts'

export const lower = (address: string) => address.toLowerCase() as Address
const at = (index: number) => lower(demonstrationAccount(index).address)

export const people = {
  officer: at(wallets.officer),
  approver: at(wallets.approver),
  operator: at(wallets.operator),
  spender: at(wallets.administrator),
  holders: Array.from({ length: accounts }, (_, i) =>
    i < keyed ? at(3 + i) : lower(`0x${`5${i}`.repeat(20)}`),
  ),
}

/** Who stands behind each account with a key, for whom the firm answers, and where they are at home. */
export const identityOf = [0, 0, 1, 2, 2, 3]
export const firmOf = [1, 1, 2, 2]
export const countryOf = [826, 250, 276, 826]
