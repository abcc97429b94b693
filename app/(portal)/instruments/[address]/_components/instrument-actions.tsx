import { ButtonLink } from '@/components/ui/button'
import type { InstrumentRow } from '@/lib/queries/instruments'

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
