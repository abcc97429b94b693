import { type Address, keccak256, toBytes } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import {
  type DemonstrationPerson,
  demonstrationPassword,
  demonstrationPeople,
} from '../../lib/auth/demonstration'
import { hashPassword } from '../../lib/auth/password'
import { withGate } from '../../lib/db/client'
import { upsertPerson } from '../../lib/db/person'
import { upsertWallet } from '../../lib/db/wallet'

export { demonstrationPassword, demonstrationPeople }

const mnemonic = 'test test test test test test test test test test test junk'

/** bytes32 under which the role table knows a person of the demonstration. */
export const chainPersonOf = (username: string) => keccak256(toBytes(`plimsoll:person:${username}`))

export const walletOf = ({ walletIndex }: DemonstrationPerson): Address | null =>
  walletIndex === null
    ? null
    : (mnemonicToAccount(mnemonic, { addressIndex: walletIndex }).address.toLowerCase() as Address)

/**
 * People of the demonstration and their wallets, bound. May run at every start: who exists keeps their id, sessions
 * and password hash. Wallets are bound as a person would by signing; the role table grants them their roles.
 */
export async function seedPeople({ chainId }: { chainId: number }): Promise<void> {
  const passwordHash = await hashPassword(demonstrationPassword)
  await withGate(async (tx) => {
    for (const person of demonstrationPeople) {
      const { username, name, side, role, firmId } = person
      const personId = await upsertPerson(tx, {
        username,
        name,
        side,
        role,
        firmId,
        passwordHash,
        chainPerson: chainPersonOf(username),
      })
      const address = walletOf(person)
      if (address) await upsertWallet(tx, { chainId, address, personId })
    }
  })
}
