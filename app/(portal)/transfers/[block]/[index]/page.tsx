import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { TransferDetail } from '@/components/transfers/transfer-detail'
import { readView } from '@/components/ui/read-view'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getTransferPage } from '@/lib/queries/transfer'

export const metadata: Metadata = { title: 'Transfer' }

type Props = { params: Promise<{ block: string; index: string }> }

/** A settled transfer, by block and log index. */
export default async function TransferPage({ params }: Props) {
  const officer = await requireOfficer()
  const result = await getTransferPage(officer, { kind: 'settled', ...(await params) })
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
