import type { Address } from 'viem'
import type { ForeignChain } from './foreign-chain'

export const nobody = '0x00000000000000000000000000000000000000e0'
export const compliance = '0x00000000000000000000000000000000000c0de5'

/** What every kind can be heard saying, before and after somebody answers for one of the accounts. */
export async function tellStory(chain: ForeignChain): Promise<void> {
  const [, ann, bob, eve] = chain.accounts as [Address, Address, Address, Address]
  const names = [
    'PlainToken',
    'TextPermissioned',
    'NamedPermissioned',
    'RealWorldAsset',
    'RestrictedToken',
  ] as const
  for (const name of [...names, 'PaymentToken', 'SilentToken'] as const) {
    await chain.deploy(name)
    await chain.call(name, 'mint', [ann, 1000n])
  }
  for (const name of names) await chain.call(name, 'transfer', [bob, 100n], 1)
  await chain.linkAccount(ann, '0x000000000000000000000000000000000000001d', 7)
  for (const name of names) {
    await chain.call(name, 'transfer', [bob, 10n], 1)
    await chain.call(name, 'transfer', [bob, 5000n], 1) // refused
  }
  await chain.call('PlainToken', 'surprise', [])

  await chain.call('TextPermissioned', 'setCompliance', [compliance])
  await chain.call('TextPermissioned', 'setName', ['Renamed'])
  await chain.call('TextPermissioned', 'freezePartialTokens', [ann, 800n])
  await chain.call('TextPermissioned', 'freezePartialTokens', [ann, 50n])
  await chain.call('TextPermissioned', 'forcedTransfer', [ann, bob, 100n])
  await chain.call('TextPermissioned', 'setAddressFrozen', [bob, true])
  await chain.call('TextPermissioned', 'transfer', [ann, 1n], 2) // refused
  await chain.call('TextPermissioned', 'recoveryAddress', [bob, eve, nobody])
  await chain.call('TextPermissioned', 'pause', [])

  await chain.call('NamedPermissioned', 'setName', ['Renamed'])
  await chain.call('NamedPermissioned', 'setAddressFrozen', [bob, true])
  await chain.call('NamedPermissioned', 'transfer', [ann, 1n], 2) // refused
  await chain.call('NamedPermissioned', 'recoveryAddress', [bob, eve, nobody])

  await chain.call('RealWorldAsset', 'setFrozenTokens', [bob, 70n])
  await chain.call('RealWorldAsset', 'transfer', [ann, 60n], 2) // refused
  await chain.call('RealWorldAsset', 'forcedTransfer', [bob, eve, 5n])
  await chain.call('RestrictedToken', 'freeze', [bob, 'Court order'])
  await chain.call('RestrictedToken', 'transfer', [ann, 1n], 2) // refused
  await chain.call('RestrictedToken', 'setRuleEngine', [compliance])
  await chain.call('PaymentToken', 'blacklist', [ann])
  await chain.call('PaymentToken', 'transfer', [bob, 1n], 1) // refused
  await chain.call('PaymentToken', 'unBlacklist', [ann])
  await chain.call('SilentToken', 'conjure', [bob, 500n])
  await chain.call('SilentToken', 'transfer', [eve, 500n], 2)
  await chain.mine(3)
}
