import 'server-only'
import { may, type Officer } from '@/lib/auth/officer'
import { createChainClient } from '@/lib/chain/client'
import { orderKinds } from '@/lib/chain/order-kinds'
import { readSignatures } from '@/lib/chain/orders'
import { alwaysTwo } from '@/lib/compliance/signatures'
import { withSnapshot } from '@/lib/db/client'
import { listDelegations } from '@/lib/db/delegation'
import { listPersonNamesByChain } from '@/lib/db/person'
import { listRoleHolders } from '@/lib/db/role-holder'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { type AsOf, getAsOf } from './as-of'
import { rolesOf } from './order-phrases'
import { refusePage } from './refuse-page'
import { type StandingBy, standingBy } from './trust'

/** `name` null: nobody with an account here. */
export type HolderRow = {
  account: string
  name: string | null
  /** Of the account here, not of the wallet. */
  portalRole: string | null
  roles: string
  actsFor: string | null
} & StandingBy

export type DeputyRow = {
  principal: { account: string; name: string | null }
  delegate: { account: string; name: string | null }
  state: 'to come' | 'in force' | 'over'
  startsAt: string
  until: string
} & StandingBy

/** `signatures` null: the node could not be asked. */
export type SignatureRow = { kind: number; label: string; signatures: number | null; isFixed: boolean }

export type PeoplePage = {
  asOf: AsOf
  holders: HolderRow[]
  deputies: DeputyRow[]
  signatures: SignatureRow[]
  mayPropose: boolean
}

const notAuthority = refuse('not-permitted', 'Who holds which role is the authority’s to know.').refusal

/** Who may do what on chain, who acts for whom until when, and how many signatures each kind of order takes. */
export async function getPeoplePage(officer: Officer): Promise<Result<PeoplePage>> {
  if (!may(officer, 'read:roles')) return refusePage(officer, 'people', notAuthority)
  const read = await withSnapshot(officer, async (tx) => {
    const asOf = await getAsOf(tx)
    const { chainId } = asOf
    const holders = await listRoleHolders(tx, chainId)
    const delegations = await listDelegations(tx, chainId, new Date(asOf.time))
    const persons = [
      ...holders.map(({ person }) => person),
      ...delegations.flatMap(({ principalPerson, delegatePerson }) => [principalPerson, delegatePerson]),
    ]
    const names = await listPersonNamesByChain(tx, persons)
    const found = (person: string) => names.find(({ chainPerson }) => chainPerson === person)
    const by = await standingBy(tx, officer, chainId, [...holders, ...delegations])
    const acting = new Map(
      delegations.filter(({ state }) => state === 'in force').map((each) => [each.delegate, each]),
    )
    return {
      asOf,
      holders: holders.map((each) => ({
        account: each.account,
        name: found(each.person)?.name ?? null,
        portalRole: found(each.person)?.role ?? null,
        roles: rolesOf(each.roles),
        actsFor: nameOr(acting.get(each.account), found),
        ...by(each),
      })),
      deputies: delegations.map((each) => ({
        principal: { account: each.principal, name: found(each.principalPerson)?.name ?? null },
        delegate: { account: each.delegate, name: found(each.delegatePerson)?.name ?? null },
        state: each.state,
        startsAt: each.startsAt.toISOString(),
        until: each.until.toISOString(),
        ...by({ orderId: each.orderId, since: each.startsAt }),
      })),
    }
  })
  return accept({
    ...read,
    signatures: await signaturesAt(read.asOf),
    mayPropose: may(officer, 'propose:measure'),
  })
}

const nameOr = (
  delegation: { principal: string; principalPerson: string } | undefined,
  found: (person: string) => { name: string } | undefined,
): string | null => (delegation ? (found(delegation.principalPerson)?.name ?? delegation.principal) : null)

/** The contract's table is read from the node, as at the block of the page: it is small, and asked for nowhere else. */
async function signaturesAt({ block }: AsOf): Promise<SignatureRow[]> {
  const { deployment, rpcUrl } = env()
  const client = createChainClient(rpcUrl)
  const kinds = orderKinds.map(({ kind, label }, number) => ({ kind, label, number })).slice(1)
  return Promise.all(
    kinds.map(async ({ kind, label, number }) => ({
      kind: number,
      // A flag is set by as many as the table says; to take one away always takes two.
      label: kind === 'SetScreening' ? `${label}: to flag` : label,
      signatures: await readSignatures(client, deployment.orders, number, BigInt(block)).catch(() => null),
      isFixed: alwaysTwo.includes(kind),
    })),
  )
}
