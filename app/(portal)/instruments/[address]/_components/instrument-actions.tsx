import { ButtonLink } from '@/components/ui/button'
import type { InstrumentRow } from '@/lib/queries/instruments'
import type { WatchedRow } from '@/lib/queries/watched'

/** What an officer may propose for the instrument as a whole; its rules are changed beside each. */
export function InstrumentActions({ instrument: { address, paused } }: { instrument: InstrumentRow }) {
  const href = (kind: string) => `/measures/propose?kind=${kind}&instrument=${address}`
  return (
    <>
      {paused && <ButtonLink href={href('unpause')}>End the pause</ButtonLink>}
      <ButtonLink href={href('pause')}>{paused ? 'Lengthen the pause' : 'Pause'}</ButtonLink>
    </>
  )
}

/** What whoever has instruments watched can do with one of others. */
export function WatchActions({ watched }: { watched: WatchedRow }) {
  const { address, name, watchedUntil, isEnding } = watched
  if (isEnding) return null
  if (watchedUntil === null)
    return <ButtonLink href={`/instruments/${address}/let-go`}>Stop watching</ButtonLink>
  const given = new URLSearchParams({ address, name, startBlock: '' })
  return <ButtonLink href={`/instruments/watch?${given}`}>Watch again</ButtonLink>
}
