import { Notice } from '@/components/ui/notice'
import { RefreshWhile } from '@/components/ui/refresh-while'
import { groupDigits } from '@/lib/format/number'
import type { WatchedRow } from '@/lib/queries/watched'

/** That nothing new is read of an instrument that was let go, or soon is. */
export function LetGoNotice({ watched: { watchedUntil, isEnding, symbol } }: { watched: WatchedRow }) {
  return (
    <>
      {watchedUntil !== null && (
        <Notice status="closed" title={`Watched until block ${groupDigits(watchedUntil)}`}>
          It was let go. Everything here stands as of that block; nothing new is read of {symbol}, and its
          balances are no longer compared with the chain.
        </Notice>
      )}
      {isEnding && (
        <Notice status="pending" title="To be let go with the next block" live="polite">
          The worker ends it between two blocks. Nothing has to be done.
        </Notice>
      )}
      <RefreshWhile isMoving={isEnding} says={isEnding ? 'It is being let go.' : ''} />
    </>
  )
}
