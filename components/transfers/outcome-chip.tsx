import { verdictOf } from '@/lib/format/verdict'
import type { TransferRow } from '@/lib/queries/transfer-row'
import { Chip } from '../ui/chip'

type Outcome = Pick<TransferRow, 'kind' | 'isFinal' | 'code' | 'reason' | 'cause'>

/** Only a limit that was about to be passed is a breach; who may not send at all is closed. */
export function OutcomeChip({ kind, isFinal, code, reason, cause }: Outcome) {
  if (kind === 'settled') {
    // Not what the holder did: said before how far it is, which the row's page says too.
    if (cause === 'forced') return <Chip status="info">By force{isFinal ? '' : ', not final'}</Chip>
    if (cause === 'recovery') return <Chip status="info">Recovery{isFinal ? '' : ', not final'}</Chip>
    return isFinal ? (
      <Chip status="compliant">Settled</Chip>
    ) : (
      <Chip status="pending">In block, not final</Chip>
    )
  }
  const { short, isLimit } = verdictOf(code, reason)
  return (
    <span data-wide>
      <Chip status={isLimit ? 'breach' : 'closed'}>Refused: {clip(short)}</Chip>
    </span>
  )
}

/** Words of foreign contracts come from outside and can be of any length; the page of the transfer has them whole. */
const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)
