import 'server-only'
import { demonstrationPassword, demonstrationPeople } from '@/lib/auth/demonstration'
import { env } from '@/lib/env'

export type DemonstrationAccount = { username: string; name: string; role: string; firm: string | null }
export type Demonstration = { password: string; accounts: DemonstrationAccount[] }

/** What the sign-in page shows to everybody, in demonstration mode alone; in any other there is no such thing. */
export function getDemonstration(): Demonstration | null {
  if (!env().demo) return null
  return {
    password: demonstrationPassword,
    accounts: demonstrationPeople.map(({ username, name, role, firm }) => ({ username, name, role, firm })),
  }
}
