'use server'

import { defineAction } from '@/lib/acts/define-action'
import { checkMeasure, prepareMeasure } from '@/lib/acts/measures'
import { measureSubject, prepareMeasureSchema } from '@/lib/acts/measures.schema'

export const checkMeasureAction = defineAction({
  deed: 'prepare:measure',
  schema: prepareMeasureSchema,
  permission: 'propose:measure',
  subject: measureSubject,
  act: checkMeasure,
})

export const prepareMeasureAction = defineAction({
  deed: 'prepare:measure',
  schema: prepareMeasureSchema,
  permission: 'propose:measure',
  subject: measureSubject,
  act: prepareMeasure,
})
