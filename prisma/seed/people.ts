import type { Address } from 'viem'
import {
  type DemonstrationPerson,
  demonstrationPassword,
  demonstrationPeople,
} from '../../lib/auth/demonstration'
import { hashPassword } from '../../lib/auth/password'
import { withOwner } from '../../lib/db/client'
import { upsertPerson } from '../../lib/db/person'
import { insertWallet } from '../../lib/db/wallet'
import { demonstrationAccount, personId } from './acts'

export { demonstrationPassword, demonstrationPeople }

export const walletOf = ({ walletIndex }: DemonstrationPerson): Address | null =>
  walletIndex === null ? null : (demonstrationAccount(walletIndex).address.toLowerCase() as Address)

/**
 * People of the demonstration and their wallets, bound. May run at every start: who exists keeps their id, sessions
 * and password hash. Wallets are bound as a person would by signing; the role table grants them their roles.
 */
export async function seedPeople({ chainId }: { chainId: number }): Promise<void> {
  const passwordHash = await hashPassword(demonstrationPassword)
  await withOwner(async (tx) => {
    for (const person of demonstrationPeople) {
      const { username, name, side, role, firmId } = person
      const id = await upsertPerson(tx, {
        username,
        name,
        side,
        role,
        firmId,
        passwordHash,
        chainPerson: personId(username),
      })
      const address = walletOf(person)
      if (address) await insertWallet(tx, { chainId, address, personId: id })
    }
  })
}
