import { momentOf } from '@/components/measures/measure-words'
import { Chip } from '@/components/ui/chip'
import type { InstrumentRow } from '@/lib/queries/instruments'

export function PauseChip({ instrument }: { instrument: Pick<InstrumentRow, 'paused' | 'until'> }) {
  const { paused, until } = instrument
  if (!paused) return <Chip status="compliant">Open</Chip>
  return (
    <Chip status="warning">
      {until === null ? 'Paused until it is lifted' : `Paused until ${momentOf(until)}`}
    </Chip>
  )
}
