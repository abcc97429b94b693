import { type Address, maxUint64 } from 'viem'
import { complianceBytecode } from '../lib/chain/generated/bytecode'
import { complianceAbi } from '../lib/chain/generated/compliance'
import { lower } from '../lib/indexer/watch'
import { compileContract } from './compile'
import { moduleOf } from './controlled-index'
import { addressOf, type ControlledLedger, identities } from './controlled-ledger'

/** What is done to a controlled ledger, subject by subject. Each answers with its orders' ids and what it chose. */

const [ann, ann2, bob] = [addressOf('ann'), addressOf('ann2'), addressOf('bob')]

export async function freezeAndPause({ order, usd, now }: ControlledLedger) {
  const [reviewBy, expiresAt] = [(await now()) + 3600n, (await now()) + 7200n]
  const term = { reviewBy, expiresAt }
  return {
    reviewBy,
    expiresAt,
    freeze: await order({ kind: 'Freeze', account: bob, ...term }, usd),
    second: await order({ kind: 'Freeze', account: ann2, reviewBy, expiresAt: maxUint64 }, usd),
    unfreeze: await order({ kind: 'Unfreeze', account: ann2 }, usd),
    pause: await order({ kind: 'Pause', instrument: usd, ...term }, usd),
    unpause: await order({ kind: 'Unpause', instrument: usd }, usd),
  }
}

export const takeAmounts = async ({ order, usd }: ControlledLedger) => ({
  amount: await order({ kind: 'FreezeAmount', account: ann, amount: 900n }, usd),
  forced: await order({ kind: 'ForcedTransfer', from: ann, to: ann2, amount: 300n }, usd),
  recover: await order({ kind: 'Recover', lost: ann, replacement: ann2, identity: identities.ann }, usd),
})

export async function changeStandings({ order, deployment }: ControlledLedger) {
  const { registry, anchor } = deployment
  // Any contract will do for an issuer that nobody asks.
  const issuer = { kind: 'SetTrustedIssuer', issuer: lower(anchor), topic: 7n, trusted: true } as const
  return {
    flag: await order({ kind: 'SetScreening', identity: identities.bob, flagged: true }, registry),
    country: await order({ kind: 'SetCountry', identity: identities.bob, country: 250 }, registry),
    issuer: await order(issuer, registry),
    topic: await order({ kind: 'SetClaimTopic', topic: 7n, required: true }, registry),
    noTopic: await order({ kind: 'SetClaimTopic', topic: 7n, required: false }, registry),
  }
}

export async function changeRules(ledger: ControlledLedger) {
  const { order, deployment, deployer, usd, bond, instrument } = ledger
  const [countries, supply, holders] = ['countries-restricted', 'supply-cap', 'holder-cap'].map((kind) =>
    moduleOf(ledger, kind),
  ) as [Address, Address, Address]
  const approvals = moduleOf(ledger, 'preapproval', 1)
  const pass = { kind: 'Preapprove', from: ann, to: ann2, expiresAt: 4_000_000_000n } as const
  const ids = {
    listed: await order({ kind: 'SetCountryRule', country: 643, listed: true }, countries),
    supply: await order({ kind: 'SetSupplyCap', cap: 2_000_000n }, supply),
    holders: await order({ kind: 'SetHolderCap', cap: 50n }, holders),
    used: await order({ ...pass, amount: 5n }, approvals),
    open: await order({ ...pass, amount: 6n }, approvals),
  }
  await instrument('ann', bond, 'transfer', [ann2, 5n])
  const made = [deployment.roles, [deployment.policy]] as const
  const compliance = await deployer.deploy(complianceAbi, complianceBytecode, made)
  await deployer.call(compliance, { abi: complianceAbi, functionName: 'bindToken', args: [usd] })
  return { ...ids, compliance: await order({ kind: 'SetCompliance', compliance }, usd), bound: compliance }
}

export async function deputise({ order, deployment, now, usd }: ControlledLedger) {
  const [principal, delegate] = [addressOf('approver'), addressOf('deputy')]
  const [startsAt, until] = [(await now()) - 10n, (await now()) + 86_400n]
  const lend = { kind: 'Delegate', principal, delegate, startsAt, until } as const
  return {
    startsAt,
    until,
    deputy: await order(lend, deployment.roles, 'administrator'),
    lent: await order({ kind: 'FreezeAmount', account: bob, amount: 1n }, usd, 'deputy'),
  }
}

export async function release({ order, deployment, deployer, bond, chain, instrument }: ControlledLedger) {
  const { abi, bytecode } = compileContract('Release')
  const implementation = lower(await deployer.deploy(abi, bytecode, [deployment.roles, deployment.registry]))
  const upgrade = await order({ kind: 'Upgrade', implementation }, bond)
  await chain.request('evm_increaseTime', [2 * 86_400 + 1])
  await instrument('administrator', bond, 'activateUpgrade', [])
  return { upgrade, implementation }
}
