import type { Metadata } from 'next'
import { TransferView } from '../../../transfer-view'

export const metadata: Metadata = { title: 'Refused transfer' }

type Props = { params: Promise<{ block: string; txIndex: string }> }

/** A refused transfer, by block and transaction index: what reverted left no log. */
export default async function RefusedTransferPage({ params }: Props) {
  const { block, txIndex } = await params
  return <TransferView which={{ kind: 'refused', block, index: txIndex }} />
}
