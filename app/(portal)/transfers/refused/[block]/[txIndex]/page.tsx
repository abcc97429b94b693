import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { TransferDetail } from '@/components/transfers/transfer-detail'
import { readView } from '@/components/ui/read-view'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getTransferPage } from '@/lib/queries/transfer'

export const metadata: Metadata = { title: 'Refused transfer' }

type Props = { params: Promise<{ block: string; txIndex: string }> }

/** A refused transfer, by block and transaction index: what reverted left no log. */
export default async function RefusedTransferPage({ params }: Props) {
  const officer = await requireOfficer()
  const { block, txIndex } = await params
  const result = await getTransferPage(officer, { kind: 'refused', block, index: txIndex })
  if (!result.ok) notFound()
  const { zone } = await readView()
  return (
    <TransferDetail
      page={result.value}
      zone={zone}
      home={officer.side === 'authority' ? 'Authority' : 'Your firm'}
    />
  )
}
