import { groupDigits, plural } from '@/lib/format/number'
import type { TransferPageDto } from '@/lib/queries/transfer'
import { Card } from '../ui/card'
import { Time } from '../ui/time'
import { Timeline, type TimelineItem } from '../ui/timeline'

/** How far it is on its way; pending, confirmed and final look different. */
export function TransferPath({ page }: { page: TransferPageDto }) {
  const { row, blocksToFinal, asOf } = page
  const left = BigInt(blocksToFinal)
  const inBlock: TimelineItem = {
    key: 'block',
    title:
      row.kind === 'settled'
        ? `In block ${groupDigits(row.block)}`
        : `Refused in block ${groupDigits(row.block)}`,
    when: <Time at={row.time} />,
    status: row.kind === 'settled' ? 'compliant' : 'closed',
  }
  const final: TimelineItem =
    left === 0n
      ? {
          key: 'final',
          title: 'Final',
          when: `As at block ${groupDigits(asOf.block)}`,
          status: 'compliant',
          body: 'No reorganisation of the chain can take it back.',
        }
      : {
          key: 'final',
          title: 'Not final yet',
          when: `${plural(left, 'more block')} must follow`,
          status: 'pending',
          body: 'Until then the chain could still replace this block.',
        }
  return (
    <Card title="Standing">
      <Timeline label="Standing" items={[inBlock, final]} />
    </Card>
  )
}
