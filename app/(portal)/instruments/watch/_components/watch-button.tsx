'use client'

import { ActButton } from '@/components/ui/act-button'
import { watchInstrumentAction } from '../../actions'
import type { Given } from './token-form'

export function WatchButton({ input }: { input: Given }) {
  return (
    <ActButton act={() => watchInstrumentAction(input)} goes="/instruments#watched">
      Watch this instrument
    </ActButton>
  )
}
