import 'server-only'
import { headers } from 'next/headers'
import { z } from 'zod'
import type { Deed } from '@/lib/audit/journal'
import type { Officer } from '@/lib/auth/officer'
import { may } from '@/lib/auth/officer'
import { badOrigin, isOwnOrigin } from '@/lib/auth/origin'
import type { Permission } from '@/lib/auth/permissions'
import { findOfficer } from '@/lib/auth/require-officer'
import { type Refusal, type Result, refuse } from '@/lib/errors/refusal'
import { journalRefusal } from './journal-refusal'

export type ActionOptions<Schema extends z.ZodType, Value> = {
  /** Name in the journal; a refusal of it is one line `refused:<deed>`. */
  deed: Deed
  /** An object is made strict: a field that nobody asked for is a refusal. */
  schema: Schema
  /** `null`: whoever is signed in, for what is one's own. */
  permission: Permission | null
  /** What the journal calls the object of a refused try, where the input names one. */
  subject?: (input: z.output<Schema>) => string
  act: (officer: Officer, input: z.output<Schema>) => Promise<Result<Value>>
}

/**
 * The only way a browser reaches an act: origin, schema, identity, permission, deed. A refusal, wherever it arises,
 * is returned and gets one line in the journal (the deed's own transaction writes the line of a success).
 * What was not foreseen is thrown on: the framework shows the person its digest and nothing else.
 */
export function defineAction<Schema extends z.ZodType, Value>(options: ActionOptions<Schema, Value>) {
  const schema = options.schema instanceof z.ZodObject ? options.schema.strict() : options.schema
  return async (input: unknown): Promise<Result<Value>> => {
    const officer = await findOfficer()
    const subjectOf = (value: z.output<Schema>) => options.subject?.(value) ?? officer?.username ?? ''
    const refusedBecause = async (refusal: Refusal, subject = officer?.username ?? '') => {
      await journalRefusal(officer, options.deed, subject, refusal)
      return { ok: false, refusal } as const
    }

    if (!isOwnOrigin(await headers())) return refusedBecause(badOrigin().refusal)
    const parsed = schema.safeParse(input)
    if (!parsed.success) return refusedBecause(badInput(parsed.error))
    const value = parsed.data as z.output<Schema>
    if (!officer) return refusedBecause(signedOut, subjectOf(value))
    if (options.permission && !may(officer, options.permission)) {
      return refusedBecause(notPermitted(options.permission), subjectOf(value))
    }
    const result = await options.act(officer, value)
    return result.ok ? result : refusedBecause(result.refusal, subjectOf(value))
  }
}

const signedOut = refuse('signed-out', 'You are signed out. Sign in again and repeat it.').refusal

const notPermitted = (permission: Permission) =>
  refuse('not-permitted', 'Your role may not do this.', { values: { permission } }).refusal

/** Field messages for the form; for the journal the names of the fields only, for the values may be anything. */
export function badInput(error: z.ZodError): Refusal {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) fields[issue.path.join('.') || 'form'] ??= issue.message
  return refuse('bad-input', 'Some of what was entered cannot be used. Nothing was changed.', {
    fields,
    values: { fields: Object.keys(fields).slice(0, 10).join(' ') },
  }).refusal
}
