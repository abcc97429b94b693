'use client'

import { ActButton } from '@/components/ui/act-button'
import type { RequestReportInput } from '@/lib/acts/reports.schema'
import { requestReportAction } from '../actions'

export function RequestButton({ input }: { input: RequestReportInput }) {
  return (
    <ActButton act={() => requestReportAction(input)} goes="/reports">
      Request the register
    </ActButton>
  )
}
