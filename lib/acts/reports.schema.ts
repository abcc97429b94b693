import { z } from 'zod'

/** A day of the calendar, UTC: 2026-11-01. */
export const dayShape = z.iso
  .date('Enter a date, such as 2026-11-01')
  // PostgreSQL has no year zero.
  .refine((text) => !text.startsWith('0000'), 'Enter a date, such as 2026-11-01')

export const requestReportSchema = z
  .object({
    /** Number of a firm, or 'all'. */
    firm: z.union([z.literal('all'), z.string().regex(/^[1-9]\d{0,8}$/, 'Choose a firm')]),
    /** Inclusive. */
    from: dayShape,
    /** Exclusive. */
    until: dayShape,
  })
  .strict()
  .refine(({ from, until }) => from < until, {
    path: ['until'],
    message: 'The period must end after it begins: the last day itself is not in it',
  })

export const cancelReportSchema = z.object({ id: z.guid('There is no such report') })

export type RequestReportInput = z.output<typeof requestReportSchema>
export type CancelReportInput = z.output<typeof cancelReportSchema>
