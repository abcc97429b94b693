import type { Zone } from '@/lib/format/time'
import type { TransferPageDto } from '@/lib/queries/transfer'
import { Card } from '../ui/card'
import { type Crumb, PageHeader } from '../ui/page-header'
import { OutcomeChip } from './outcome-chip'
import { RefusalCard } from './refusal-card'
import { TransferFacts } from './transfer-facts'
import { TransferPath } from './transfer-path'
import { TransferRaw } from './transfer-raw'
import { sentenceOf } from './transfer-sentence'
import { TransfersTable } from './transfers-table'

type Props = { page: TransferPageDto; zone: Zone; home: Crumb }

/** One transfer: the sentence, why if it was refused, who and what, how far it is, and raw data last. */
export function TransferDetail({ page, zone, home }: Props) {
  const { row, refusal, siblings } = page
  return (
    <>
      <PageHeader
        crumbs={[home, { label: 'Ledger' }, { label: 'Transfers', href: '/transfers' }]}
        title={titleOf(row)}
        status={<OutcomeChip {...row} />}
        asOf={page.asOf}
      >
        {sentenceOf(row)}
      </PageHeader>
      <div className="grid items-start gap-4 lg:grid-cols-[2fr_1fr]">
        <div className="grid min-w-0 gap-4">
          {refusal && <RefusalCard row={row} refusal={refusal} />}
          <TransferFacts page={page} />
          {siblings.length > 0 && (
            <Card title="In the same transaction" flush>
              <TransfersTable
                caption="Other transfers of the same transaction"
                rows={siblings}
                zone={zone}
                empty=""
              />
            </Card>
          )}
          <TransferRaw page={page} />
        </div>
        <TransferPath page={page} />
      </div>
    </>
  )
}

const titleOf = ({ kind, cause }: TransferPageDto['row']) =>
  kind === 'refused'
    ? 'Refused transfer'
    : cause === 'forced'
      ? 'Forced transfer'
      : cause === 'recovery'
        ? 'Recovery of an account'
        : 'Transfer'
