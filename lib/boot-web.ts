import { guardFrontDoor } from './auth/front-door'
import { journalTooLarge } from './auth/journal-too-large'
import { checkConfiguration } from './configuration'
import { connectDatabase } from './db/client'
import { EnvironmentError, env } from './env'

/** A web process with a wrong configuration does not start; it says every mistake, a line each, and ends. */
export async function bootWeb(): Promise<void> {
  try {
    await checkConfiguration(['gate', 'authority', 'firm'])
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error
    console.error(`The configuration is wrong:\n${error.message}`)
    process.exit(1)
  }
  const { database, trustedProxies } = env()
  connectDatabase({ gate: database.gate, authority: database.authority, firm: database.firm })
  guardFrontDoor(trustedProxies, (path, bytes) => {
    journalTooLarge(path, bytes).catch((error) => console.error('No line for a request too large:', error))
  })
}
