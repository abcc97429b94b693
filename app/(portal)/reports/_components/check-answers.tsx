import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { SummaryList } from '@/components/ui/summary-list'
import type { RequestReportInput } from '@/lib/acts/reports.schema'
import { groupDigits } from '@/lib/format/number'
import type { RegisterPreview } from '@/lib/queries/reports'
import { RequestButton } from './request-button'

type Props = { answer: NonNullable<RegisterPreview['answer']>; most: number; input: RequestReportInput }

export function CheckAnswers({ answer: { rows, firm }, most, input }: Props) {
  const isTooLong = rows > most
  return (
    <Card title="Check before you ask" id="check">
      <SummaryList
        items={[
          { term: 'Firm', detail: firm?.name ?? 'All firms' },
          { term: 'From', detail: `${input.from} 00:00:00 UTC, inclusive` },
          { term: 'Until', detail: `${input.until} 00:00:00 UTC, exclusive` },
          { term: 'Rows now', detail: isTooLong ? `More than ${groupDigits(most)}` : groupDigits(rows) },
          { term: 'As at', detail: 'The last final block when the file is written' },
        ]}
      />
      <div className="mt-4">
        {isTooLong ? (
          <Notice status="warning" title={`One file has at most ${groupDigits(most)} rows`}>
            Choose a shorter period or one firm.
          </Notice>
        ) : (
          <RequestButton input={input} />
        )}
      </div>
    </Card>
  )
}
