import type { Metadata } from 'next'
import { TransferView } from '../../transfer-view'

export const metadata: Metadata = { title: 'Transfer' }

type Props = { params: Promise<{ block: string; index: string }> }

/** A settled transfer, by block and log index. */
export default async function TransferPage({ params }: Props) {
  return <TransferView which={{ kind: 'settled', ...(await params) }} />
}
