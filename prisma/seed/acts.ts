import { type Address, encodeFunctionData, type Hex, keccak256, toHex } from 'viem'
import { mnemonicToAccount, privateKeyToAccount } from 'viem/accounts'
import type { Deployment } from '@/lib/chain/deployment'
import { identityRegistryAbi } from '@/lib/chain/generated/identity-registry'
import { instrumentAbi } from '@/lib/chain/generated/instrument'
import {
  type ChainOrder,
  encodeArguments,
  executeCall,
  kindNumber,
  legalRefOf,
  type OrderAction,
  orderTypedData,
  reasonWord,
} from '@/lib/chain/orders'
import type { PlannedCall } from './chain-writer'
import { firms } from './firms'
import type { PlannedCustomer, PlannedTransfer, WorldPlan } from './world-plan'

/** The embedded chain's well-known test mnemonic: worthless anywhere else, and refused there. */
const MNEMONIC = 'test test test test test test test test test test test junk'

export const demonstrationAccount = (index: number) => mnemonicToAccount(MNEMONIC, { addressIndex: index })
const keyOf = (index: number): Hex => toHex(demonstrationAccount(index).getHdKey().privateKey as Uint8Array)

/** Wallets of the demonstration by their place under the mnemonic. The operator registers customers and issues. */
export const wallets = { administrator: 0, officer: 1, approver: 2, operator: 9 } as const

export const personId = (username: string): Hex => keccak256(toHex(`plimsoll:person:${username}`))

/** Who holds which roles (bits of IRoles) when the contracts are founded. */
export const foundingOfficers = [
  { wallet: wallets.administrator, username: 'administrator', roles: 1n },
  { wallet: wallets.officer, username: 'officer', roles: 2n },
  { wallet: wallets.approver, username: 'approver', roles: 4n },
  { wallet: wallets.operator, username: 'operator', roles: 8n | 16n | 32n },
].map(({ wallet, username, roles }) => ({
  account: demonstrationAccount(wallet).address,
  person: personId(username),
  roles,
}))

const LEGAL_TEXT = 'Supervisory practice note 7, customer due diligence'
const REGISTRATIONS_A_CALL = 40
const REGISTRATION_GAS = 12_000_000n

/** Builders of the calls that make the world, as the people of the demonstration would sign them. */
export function actsOn(deployment: Deployment, seed: string) {
  // Deriving a key from the mnemonic takes long; once each is enough.
  const operator = keyOf(wallets.operator)
  const officerKey = keyOf(wallets.officer)
  const approverKey = keyOf(wallets.approver)
  const officer = privateKeyToAccount(officerKey)
  let orders = 0

  const order = (action: OrderAction, target: Address, reason: string, deadline: number): ChainOrder => ({
    kind: kindNumber(action.kind),
    target,
    arguments: encodeArguments(action),
    reason: reasonWord(reason),
    legalRef: legalRefOf(LEGAL_TEXT),
    proposer: officer.address,
    nonce: BigInt(keccak256(toHex(`${seed}:order:${orders++}`))),
    deadline: BigInt(deadline),
  })
  const registry = (functionName: 'registerFirm' | 'registerBatch', args: never): PlannedCall => ({
    key: operator,
    to: deployment.registry,
    data: encodeFunctionData({ abi: identityRegistryAbi, functionName, args }),
    mustPass: true,
    gas: REGISTRATION_GAS,
  })
  const token = (instrument: number) => deployment.instruments[instrument]?.address as Address

  return {
    registerFirms: (): PlannedCall[] =>
      firms.map(({ id, lei, name }) =>
        registry('registerFirm', [id, toHex(lei, { size: 20 }), name] as never),
      ),

    registerCustomers(customers: PlannedCustomer[]): PlannedCall[] {
      const links = customers.flatMap((c) =>
        c.accounts.map((account) => ({ ...c, account: account.address })),
      )
      return chunk(links, REGISTRATIONS_A_CALL).map((part) =>
        registry('registerBatch', [
          part.map((link) => link.account),
          part.map((link) => link.identity),
          part.map((link) => link.firm),
          part.map((link) => link.country),
        ] as never),
      )
    },

    /** One signature: the officer's own transaction. Status as IIdentityRegistry.Status. */
    decideKyc(customer: PlannedCustomer, status: number, reason: string, time: number): PlannedCall {
      const evidence = keccak256(toHex(`${seed}:evidence:${customer.reference}:${status}`))
      const { identity, tier, expiry } = customer
      const action: OrderAction = {
        kind: 'DecideKyc',
        identity,
        status,
        tier,
        expiry: BigInt(expiry),
        evidence,
      }
      const call = executeCall(deployment.orders, order(action, deployment.registry, reason, time + 3_600))
      return { ...call, key: officerKey, mustPass: true }
    },

    /** Two signatures: the officer's typed data, carried by the approver's transaction. */
    async setLimit(
      limit: { scope: number; subject: Hex; window: number; limit: bigint },
      reason: string,
      time: number,
    ): Promise<PlannedCall> {
      const made = order({ kind: 'SetLimit', ...limit }, deployment.policy, reason, time + 7 * 86_400)
      const typed = orderTypedData(deployment.chainId, deployment.orders, made)
      const signature = await officer.signTypedData(typed)
      return { ...executeCall(deployment.orders, made, signature), key: approverKey, mustPass: true }
    },

    mint: (to: Address, instrument: number, units: bigint): PlannedCall => ({
      key: operator,
      to: token(instrument),
      data: encodeFunctionData({ abi: instrumentAbi, functionName: 'mint', args: [to, units] }),
      mustPass: true,
    }),

    transfer(plan: Pick<WorldPlan, 'customers'>, t: PlannedTransfer): PlannedCall {
      const account = (party: { customer: number; account: 0 | 1 }) =>
        plan.customers[party.customer]?.accounts[party.account] as PlannedCustomer['accounts'][number]
      const to = t.to === 'stranger' ? strangerOf(seed, t.time) : account(t.to).address
      return {
        key: account(t.from).key,
        to: token(t.instrument),
        data: encodeFunctionData({ abi: instrumentAbi, functionName: 'transfer', args: [to, t.units] }),
        mustPass: t.refusedFor === null,
      }
    },
  }
}

const strangerOf = (seed: string, time: number): Address =>
  keccak256(toHex(`${seed}:stranger:${time}`)).slice(0, 42) as Address

export const chunk = <T>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
