import { momentOf } from '@/components/measures/measure-words'
import { Chip } from '@/components/ui/chip'
import { groupDigits } from '@/lib/format/number'
import type { InstrumentRow } from '@/lib/queries/instruments'

/** Of one that was let go nobody knows how it stands. */
export function PauseChip({
  instrument,
}: {
  instrument: Pick<InstrumentRow, 'paused' | 'until' | 'watchedUntil'>
}) {
  const { paused, until, watchedUntil } = instrument
  if (watchedUntil !== null)
    return <Chip status="closed">Watched until block {groupDigits(watchedUntil)}</Chip>
  if (!paused) return <Chip status="compliant">Open</Chip>
  return (
    <Chip status="warning">
      {until === null ? 'Paused until it is lifted' : `Paused until ${momentOf(until)}`}
    </Chip>
  )
}
