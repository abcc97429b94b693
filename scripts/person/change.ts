import { userInfo } from 'node:os'
import { record } from '../../lib/audit/journal'
import { type Tx, withGate } from '../../lib/db/client'
import { listPeople, type PublicPerson, updatePersonDisabled } from '../../lib/db/person'
import { updateSessionsRevoked } from '../../lib/db/session'

/**
 * Lets nobody sign in as this person any more and ends their sessions, with the line in the journal in the same
 * transaction; or lets them in again, with new sessions. The operator's log-in name stands in the line.
 * @param called username, or the whole name where only one person has it
 * @returns what was done, in words
 * @throws Error in words, if there is nobody or more than one person
 */
export const changePerson = (called: string, to: 'disabled' | 'enabled'): Promise<string> =>
  withGate(async (tx) => {
    const { id, username, name, firmId, disabledAt } = await findPerson(tx, called)
    const disable = to === 'disabled'
    if ((disabledAt !== null) === disable) return `${username} (${name}) is ${to} already.`
    await updatePersonDisabled(tx, id, disable ? new Date() : null)
    const sessions = disable ? await updateSessionsRevoked(tx, id) : 0
    await record(tx, null, {
      act: disable ? 'disable:person' : 'enable:person',
      subject: username,
      firmId,
      detail: { sessions, operator: userInfo().username },
    })
    return `${username} (${name}) is ${to}${disable ? `; sessions ended: ${sessions}` : ''}.`
  })

/** A line a person: username, name, role, since when disabled. */
export async function describePeople(): Promise<string[]> {
  const people = await withGate(listPeople)
  return people.map(({ username, name, role, firmId, disabledAt }) => {
    const place = firmId === null ? role : `${role}, firm ${firmId}`
    const state = disabledAt ? `disabled ${disabledAt.toISOString()}` : ''
    return `${username.padEnd(24)} ${name.padEnd(24)} ${place.padEnd(30)} ${state}`.trimEnd()
  })
}

async function findPerson(tx: Tx, called: string): Promise<PublicPerson> {
  const people = await listPeople(tx)
  const byUsername = people.find(({ username }) => username === called.toLowerCase())
  const found = byUsername ? [byUsername] : people.filter(({ name }) => name === called)
  if (found.length === 1) return found[0]!
  if (found.length === 0) throw new Error(`There is nobody called ${called}. npm run person -- list`)
  throw new Error(
    `More than one person is called ${called}: ${found.map((each) => each.username).join(', ')}`,
  )
}
