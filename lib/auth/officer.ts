import { mayRole, type Permission, type Role, type Side } from './permissions'

declare const minted: unique symbol

/**
 * Somebody whose session was checked in this request. The two doors, lib/queries and lib/acts, take one as
 * their first argument; only lib/auth makes one, so a function that forgot to ask who is calling does not compile.
 */
export type Officer = Readonly<{
  [minted]: true
  personId: string
  sessionId: string
  username: string
  name: string
  side: Side
  role: Role
  /** Set if and only if side is 'firm'. */
  firmId: number | null
  /** bytes32 under which the role table knows this natural person. */
  chainPerson: `0x${string}`
}>

export type OfficerFields = Omit<Officer, typeof minted>

/** For lib/auth, the worker's own identity and the test harness alone (a wall in .dependency-cruiser.cjs). */
export function mintOfficer(fields: OfficerFields): Officer {
  if ((fields.side === 'firm') !== (fields.firmId !== null)) {
    throw new Error(
      `Officer ${fields.username}: side ${fields.side} does not agree with firm ${fields.firmId}`,
    )
  }
  return fields as Officer
}

export const may = (officer: Officer, permission: Permission): boolean => mayRole(officer.role, permission)
