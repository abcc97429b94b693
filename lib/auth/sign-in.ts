import 'server-only'
import { z } from 'zod'
import { record, refused } from '@/lib/audit/journal'
import { deleteAttempts, insertAttempt, listAttempts, lockAttempts } from '@/lib/db/attempt'
import { type Tx, withGate } from '@/lib/db/client'
import { findPersonByUsername, type Person } from '@/lib/db/person'
import { accept, type Refusal, type Result, refuse } from '@/lib/errors/refusal'
import { passwordLength, verifyPassword } from './password'
import { closeSession, findSignedIn, openSession } from './session'
import { clientWindowMs, isClientThrottled, openAgainAt, usernameWindowMs } from './throttle'
import { hashToken } from './token'
import { normaliseUsername } from './username'

export type SignInRequest = {
  username: unknown
  password: unknown
  /** What tries are counted against besides the username: lib/auth/client-address. */
  client: string
  userAgent: string
  /** The token the browser came with, if any. It ends here: a sign-in rotates. */
  presentedToken: string | undefined
}

const credentials = z.object({
  username: z.string().transform(normaliseUsername).pipe(z.string('is no username')),
  password: z.string().min(1).max(passwordLength.max),
})

/**
 * Username and password for a session. A try is counted before the password is looked at, under a lock on its
 * username, so that a hundred at once are a hundred one after another. Every outcome is one line in the journal, but of
 * tries that are not even looked at the first alone: the journal is kept for ever, and a flood would fill it.
 * @returns the token for the cookie; it exists nowhere else
 */
export async function signIn(request: SignInRequest): Promise<Result<{ token: string }>> {
  const parsed = credentials.safeParse(request)
  const username = parsed.success ? parsed.data.username : ''
  // What is no username is counted and costs time as an unknown one does. Hashed: it may be a password.
  const counted = username || `not a username: ${String(request.username).slice(0, 200)}`
  const keys = {
    username: `sign-in:username:${hashToken(counted)}`,
    client: `sign-in:client:${request.client}`,
  }

  const admitted = await withGate((tx) => admit(tx, username, keys))
  if (!admitted.ok) return admitted
  const { person, tryId } = admitted.value

  const right = await verifyPassword(parsed.success ? parsed.data.password : '', person?.passwordHash ?? null)
  return withGate(async (tx) => {
    const current = person && (await findPersonByUsername(tx, username))
    if (!right || !current || current.disabledAt || current.passwordHash !== person.passwordHash) {
      return refuseSignIn(tx, current, wrong)
    }
    await deleteAttempts(tx, { key: keys.username })
    await deleteAttempts(tx, { id: tryId })
    await endPresented(tx, request.presentedToken)
    const token = await openSession(tx, current.id, request.userAgent)
    await record(tx, { personId: current.id, firmId: current.firmId }, { act: 'sign-in', subject: username })
    return accept({ token })
  })
}

async function admit(tx: Tx, username: string, keys: { username: string; client: string }) {
  await lockAttempts(tx, keys.username)
  const person = username ? await findPersonByUsername(tx, username) : undefined
  const { now, times } = await listAttempts(tx, keys.username, usernameWindowMs)
  const byClient = await listAttempts(tx, keys.client, clientWindowMs)
  const openAgain = openAgainAt(times)
  if (openAgain && openAgain > now) {
    const refusal = tooMany(Math.ceil((openAgain.getTime() - now.getTime()) / 1000))
    return throttle(tx, person, refusal, { key: keys.username, since: times.at(-1)! })
  }
  if (isClientThrottled(byClient.times.length)) {
    const since = new Date(now.getTime() - clientWindowMs)
    return throttle(tx, person, tooMany(clientWindowMs / 1000), { key: keys.client, since })
  }
  await deleteAttempts(tx, { before: new Date(now.getTime() - usernameWindowMs) })
  await insertAttempt(tx, keys.username)
  return accept({ person, tryId: await insertAttempt(tx, keys.client) })
}

/** One line for each time that a key is closed. It says what it stands for: the tries after it leave none. */
async function throttle(
  tx: Tx,
  person: Person | undefined,
  refusal: Refusal,
  { key, since }: { key: string; since: Date },
) {
  const told = `${key}:told`
  await lockAttempts(tx, told)
  const { times } = await listAttempts(tx, told, usernameWindowMs)
  const last = times.at(-1)
  if (last && last > since) return { ok: false, refusal } as const
  await insertAttempt(tx, told)
  const values = { ...refusal.values, standsFor: 'every try until it opens again' }
  await record(tx, null, refused('sign-in', person?.username ?? 'unknown', { ...refusal, values }))
  return { ok: false, refusal } as const
}

/** Unknown usernames are not written down: people type their password there. */
async function refuseSignIn(tx: Tx, person: Person | undefined, refusal: Refusal) {
  await record(tx, null, refused('sign-in', person?.username ?? 'unknown', refusal))
  return { ok: false, refusal } as const
}

async function endPresented(tx: Tx, token: string | undefined): Promise<void> {
  const presented = token && (await findSignedIn(tx, hashToken(token)))
  if (presented) await closeSession(tx, presented.session.id)
}

/** One answer for a wrong password, an unknown username and a disabled person. */
const wrong = refuse('not-permitted', 'The username or the password is not right.').refusal

const tooMany = (seconds: number): Refusal =>
  refuse('too-many-requests', `Too many tries. Wait ${inWords(seconds)} and try again.`, {
    values: { seconds },
  }).refusal

const inWords = (seconds: number): string =>
  seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
