import { Address } from '@/components/ui/address'
import { Card } from '@/components/ui/card'
import { SummaryList } from '@/components/ui/summary-list'
import type { WatchPreview } from '@/lib/acts/watch-instrument'
import { standardName } from '@/lib/chain/adapters/all'
import { groupDigits, plural } from '@/lib/format/number'
import { wordOfCapability } from '@/lib/queries/watched'
import type { Given } from './token-form'
import { WatchButton } from './watch-button'

/** What the contract was found to be, for whoever decides. */
export function CheckToken({ preview, input }: { preview: WatchPreview; input: Given }) {
  const { address, name, symbol, decimals, standard, capabilities, startBlock, history, note, readTo } =
    preview
  return (
    <Card title="Check before it is watched" id="check">
      <SummaryList
        items={[
          { term: 'Recognised as', detail: standardName(standard) },
          { term: 'Symbol', detail: symbol },
          { term: 'Name', detail: name },
          { term: 'Decimals', detail: String(decimals) },
          { term: 'Address', detail: <Address address={address} size="full" /> },
          {
            term: 'Can',
            detail:
              capabilities.length > 0
                ? capabilities.map(wordOfCapability).join(' · ')
                : 'Transfer, and nothing else was found',
          },
          {
            term: 'Read from',
            detail:
              readTo === null
                ? `Block ${groupDigits(startBlock)}`
                : `Block ${groupDigits(BigInt(readTo) + 1n)}: what lies before was read until it was let go`,
          },
          { term: 'To read now', detail: plural(BigInt(preview.blocks), 'block') },
          {
            term: 'Balances and supply',
            detail: history === 'full' ? 'Derived from its whole history' : `Not derived. ${note}`,
          },
        ]}
      />
      <div className="mt-4">
        <WatchButton input={input} />
      </div>
    </Card>
  )
}
