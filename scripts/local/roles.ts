import { provisionRoles, type RoleUrls } from '@/lib/db/roles'
import type { Source } from '@/lib/env'

/** Addresses of the four roles: those that were given, or else roles we give a password and the right to log in. */
export async function provideRoles(ownerUrl: string, given: Source, secret: string): Promise<RoleUrls> {
  const { DATABASE_URL_WORKER, DATABASE_URL_GATE, DATABASE_URL_AUTHORITY, DATABASE_URL_FIRM } = given
  if (DATABASE_URL_WORKER && DATABASE_URL_GATE && DATABASE_URL_AUTHORITY && DATABASE_URL_FIRM) {
    return {
      worker: DATABASE_URL_WORKER,
      gate: DATABASE_URL_GATE,
      authority: DATABASE_URL_AUTHORITY,
      firm: DATABASE_URL_FIRM,
    }
  }
  return provisionRoles(ownerUrl, secret)
}
