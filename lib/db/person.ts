import type { Hex } from 'viem'
import type { Tx } from './client'
import type { PersonModel } from './generated/models/Person'

export type PublicPerson = {
  id: string
  username: string
  name: string
  side: string
  role: string
  firmId: number | null
  /** bytes32 under which the role table knows this natural person. */
  chainPerson: Hex
  disabledAt: Date | null
  createdAt: Date
}

/** For the gate alone: no other role may read how a password is kept. */
export type Person = PublicPerson & { passwordHash: string }

export type NewPerson = Omit<Person, 'id' | 'disabledAt' | 'createdAt'>

/** The gate's. */
export async function findPersonByUsername(tx: Tx, username: string): Promise<Person | undefined> {
  const row = await tx.person.findUnique({ where: { username } })
  return row ? { ...toRecord(row), passwordHash: row.passwordHash } : undefined
}

/** Administrators' and auditors': to anybody else there is nobody. By username. */
export async function listPeople(tx: Tx): Promise<PublicPerson[]> {
  const rows = await tx.person.findMany({ select: publicColumns, orderBy: { username: 'asc' } })
  return rows.map(toRecord)
}

export type PersonName = { id: string; username: string; name: string; role: string; chainPerson: Hex }

/** Names to put beside deeds, for every officer of the authority; unknown ids are left out. */
export async function listPersonNames(tx: Tx, ids: readonly string[]): Promise<PersonName[]> {
  return tx.$queryRaw<PersonName[]>`
    SELECT id, username, name, role, chain_person AS "chainPerson" FROM person_directory
    WHERE id = ANY (${[...new Set(ids)]}::uuid[])`
}

/** The same by what the chain calls them. */
export async function listPersonNamesByChain(tx: Tx, people: readonly Hex[]): Promise<PersonName[]> {
  return tx.$queryRaw<PersonName[]>`
    SELECT id, username, name, role, chain_person AS "chainPerson" FROM person_directory
    WHERE chain_person = ANY (${[...new Set(people)]}::text[])`
}

/** Everybody of the authority's side by name, for whoever reads the table of roles. */
export async function listAuthorityNames(tx: Tx): Promise<PersonName[]> {
  return tx.$queryRaw<PersonName[]>`
    SELECT id, username, name, role, chain_person AS "chainPerson" FROM person_directory
    WHERE side = 'authority' ORDER BY name, username`
}

/**
 * Only in withOwner: no running process may make a person. Who exists by username keeps id, password and sessions.
 * @returns the id
 */
export async function upsertPerson(tx: Tx, person: NewPerson): Promise<string> {
  const { username, passwordHash: _, ...changing } = person
  const { id } = await tx.person.upsert({
    where: { username },
    create: person,
    update: changing,
    select: { id: true },
  })
  return id
}

/** The gate's, for a hash of older parameters. */
export async function updatePersonPassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
  await tx.person.updateMany({ where: { id }, data: { passwordHash } })
}

/** The gate's. @returns false if nobody was changed */
export async function updatePersonDisabled(tx: Tx, id: string, disabledAt: Date | null): Promise<boolean> {
  const { count } = await tx.person.updateMany({ where: { id }, data: { disabledAt } })
  return count === 1
}

const publicColumns = {
  id: true,
  username: true,
  name: true,
  side: true,
  role: true,
  firmId: true,
  chainPerson: true,
  disabledAt: true,
  createdAt: true,
} as const

const toRecord = (row: Pick<PersonModel, keyof typeof publicColumns>): PublicPerson => ({
  id: row.id,
  username: row.username,
  name: row.name,
  side: row.side,
  role: row.role,
  firmId: row.firmId,
  chainPerson: row.chainPerson as Hex,
  disabledAt: row.disabledAt,
  createdAt: row.createdAt,
})
