'use server'

import { defineAction } from '@/lib/acts/define-action'
import { watchInstrument } from '@/lib/acts/watch-instrument'
import { watchInstrumentSchema } from '@/lib/acts/watch-instrument.schema'

export const watchInstrumentAction = defineAction({
  deed: 'watch:instrument',
  schema: watchInstrumentSchema,
  permission: 'watch:instrument',
  subject: ({ address }) => address,
  act: watchInstrument,
})
