import type { Address } from 'viem'
import type { Tx } from './client'
import type { CustomerModel } from './generated/models/Customer'

/** What a firm tells us of its customer. Personal data: the chain holds commitments only. */
export type Customer = {
  chainId: number
  identity: Address
  firmId: number
  /** The firm's own number for them, e.g. C-10233. */
  reference: string
  name: string
}

export async function findCustomer(
  tx: Tx,
  chainId: number,
  identity: Address,
): Promise<Customer | undefined> {
  const row = await tx.customer.findUnique({ where: { chainId_identity: { chainId, identity } } })
  return row ? toRecord(row) : undefined
}

export async function findCustomerByReference(
  tx: Tx,
  chainId: number,
  reference: string,
): Promise<Customer | undefined> {
  const row = await tx.customer.findUnique({ where: { chainId_reference: { chainId, reference } } })
  return row ? toRecord(row) : undefined
}

/** The customer that a firm calls so, on every ledger it is on, by chain id. */
export async function listSameCustomer(tx: Tx, firmId: number, reference: string): Promise<Customer[]> {
  const rows = await tx.customer.findMany({ where: { firmId, reference }, orderBy: { chainId: 'asc' } })
  return rows.map(toRecord)
}

/** Those of these identities that are known to whoever asks, in no order. */
export async function listCustomers(
  tx: Tx,
  chainId: number,
  identities: readonly Address[],
): Promise<Customer[]> {
  const rows = await tx.customer.findMany({
    where: { chainId, identity: { in: [...new Set(identities)] } },
  })
  return rows.map(toRecord)
}

/** Only in withOwner. An identity that is there gets the new reference and name. @returns how many were written */
export async function upsertCustomers(tx: Tx, customers: readonly Customer[]): Promise<number> {
  const column = <K extends keyof Customer>(name: K) => customers.map((customer) => customer[name])
  return tx.$executeRaw`INSERT INTO customer (chain_id, identity, firm_id, reference, name)
    SELECT * FROM unnest(${column('chainId')}::integer[], ${column('identity')}::text[], ${column('firmId')}::integer[],
      ${column('reference')}::text[], ${column('name')}::text[])
    ON CONFLICT (chain_id, identity) DO UPDATE
    SET firm_id = excluded.firm_id, reference = excluded.reference, name = excluded.name`
}

const toRecord = (row: CustomerModel): Customer => ({ ...row, identity: row.identity as Address })
