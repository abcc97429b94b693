'use server'

import { defineAction } from '@/lib/acts/define-action'
import { cancelReport, requestReport } from '@/lib/acts/reports'
import { cancelReportSchema, requestReportSchema } from '@/lib/acts/reports.schema'

export const requestReportAction = defineAction({
  deed: 'export:report',
  schema: requestReportSchema,
  permission: 'export:report',
  subject: ({ firm, from, until }) => `transfers of firm ${firm}, ${from} until ${until}`,
  act: requestReport,
})

export const cancelReportAction = defineAction({
  deed: 'cancel:report',
  schema: cancelReportSchema,
  permission: 'export:report',
  subject: ({ id }) => id,
  act: cancelReport,
})
