import { withOwner } from '../../lib/db/client'
import { upsertCustomers } from '../../lib/db/customer'
import { planWorld } from './plan'

/** What the firms of the demonstration tell of their customers, off chain. May run at every start. */
export async function seedCustomers({ chainId, seed, end }: { chainId: number; seed: string; end: number }) {
  const customers = planWorld(seed, end).customers.map(({ identity, firm, reference, name }) => ({
    chainId,
    identity,
    firmId: firm,
    reference,
    name,
  }))
  return withOwner((tx) => upsertCustomers(tx, customers))
}
