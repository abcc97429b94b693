import { Notice } from '@/components/ui/notice'
import type { OrderSummary } from '@/lib/queries/order'

type Props = { order: Pick<OrderSummary, 'phase' | 'failure' | 'drift' | 'signatures'> }

const sentences: Record<string, string> = {
  Sent: 'The transaction is on its way. Nothing has changed yet; this page follows it.',
  'In block': 'The transaction is in a block. It counts once the index has read and checked that block.',
  Indexed: 'The index has read the block. The change shows in a moment.',
  Effective: 'The index has read it from a verified block: the change is in force.',
  Expired: 'The deadline passed before it was carried out. Nothing was changed; it can be proposed anew.',
  Withdrawn: 'The officer who prepared it took it back before anything was signed.',
  Cancelled: 'The proposer cancelled it on chain. Nobody can use the signature any more.',
  Rejected: 'A second person rejected it on chain. Nothing was changed.',
}
const titles: Record<string, string> = {
  Reverted: 'The transaction failed: the contract refused it',
  Replaced: 'Another transaction took its place',
  Dropped: 'The transaction was lost',
}

/** Where the order is, in a sentence; failures with their reasons. */
export function OrderState({ order }: Props) {
  const { word, status } = order.phase
  return (
    <>
      {titles[word] && (
        <Notice status="warning" title={titles[word]} live="polite">
          {order.failure} Nothing was changed. It may be sent again until its deadline.
        </Notice>
      )}
      {sentences[word] && (
        <Notice status={status} title={word} live="polite">
          {sentences[word]}
        </Notice>
      )}
      {order.drift && (
        <Notice status="warning" title="Something has changed since this was proposed">
          {order.drift}
        </Notice>
      )}
    </>
  )
}
