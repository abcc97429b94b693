import 'server-only'
import { record } from '@/lib/audit/journal'
import { may, type Officer } from '@/lib/auth/officer'
import { withActor } from '@/lib/db/client'
import { listWatchedInstruments, updateLetGo } from '@/lib/db/watched-instrument'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import type { LetGoInstrumentInput } from './let-go-instrument.schema'

/**
 * Has an instrument of others let go: what was read of it stays, nothing more is read. The worker ends it between two
 * blocks and says at which. Whoever may have one watched may end that too.
 */
export async function letGoInstrument(
  officer: Officer,
  { address }: LetGoInstrumentInput,
): Promise<Result<{ address: string }>> {
  if (!may(officer, 'watch:instrument'))
    return refuse('not-permitted', 'Your role may not let instruments go.')
  const { chainId } = env()
  return withActor(officer, async (tx) => {
    const watched = (await listWatchedInstruments(tx, chainId)).find((each) => each.address === address)
    if (!watched) return refuse('not-found', 'Nobody had this instrument watched, so nobody can let it go.')
    if (!(await updateLetGo(tx, { chainId, address, letGoBy: officer.personId }))) {
      return refuse('stale', 'It is let go already. Load the page again.')
    }
    const { symbol, standard } = watched
    await record(tx, officer, { act: 'unwatch:instrument', subject: address, detail: { symbol, standard } })
    return accept({ address })
  })
}
