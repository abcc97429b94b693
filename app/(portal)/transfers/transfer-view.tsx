import { notFound } from 'next/navigation'
import { TransferDetail } from '@/components/transfers/transfer-detail'
import { homeOf } from '@/components/ui/page-header'
import { readView } from '@/components/ui/read-view'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getTransferPage } from '@/lib/queries/transfer'

/** One transfer, settled or refused: each kind has an address of its own. */
export async function TransferView({ which }: { which: Parameters<typeof getTransferPage>[1] }) {
  const officer = await requireOfficer()
  const result = await getTransferPage(officer, which)
  if (!result.ok) notFound()
  const { zone } = await readView()
  return <TransferDetail page={result.value} zone={zone} home={homeOf(officer)} />
}
