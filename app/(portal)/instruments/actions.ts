'use server'

import { defineAction } from '@/lib/acts/define-action'
import { letGoInstrument } from '@/lib/acts/let-go-instrument'
import { letGoInstrumentSchema } from '@/lib/acts/let-go-instrument.schema'
import { watchInstrument } from '@/lib/acts/watch-instrument'
import { watchInstrumentSchema } from '@/lib/acts/watch-instrument.schema'

export const watchInstrumentAction = defineAction({
  deed: 'watch:instrument',
  schema: watchInstrumentSchema,
  permission: 'watch:instrument',
  subject: ({ address }) => address,
  act: watchInstrument,
})

export const letGoInstrumentAction = defineAction({
  deed: 'unwatch:instrument',
  schema: letGoInstrumentSchema,
  permission: 'watch:instrument',
  subject: ({ address }) => address,
  act: letGoInstrument,
})
