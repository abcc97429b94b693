'use client'

import { ActButton } from '@/components/ui/act-button'
import { letGoInstrumentAction } from '../../../actions'

export function LetGoButton({ address }: { address: string }) {
  return (
    <ActButton act={() => letGoInstrumentAction({ address })} goes={`/instruments/${address}`}>
      Stop watching
    </ActButton>
  )
}
