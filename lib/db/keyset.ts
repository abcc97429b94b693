import { z } from 'zod'
import { accept, type Result, refuse } from '@/lib/errors/refusal'

/**
 * Where a page of a table ended: the sort key of its last row, as opaque text for a URL. Forging one only moves
 * the place in what the asker may read anyway; one that cannot be read is refused.
 */
export type Keyset = readonly (bigint | number | string | Date)[]

const longest = 1_000

export function encodeKeyset(place: Keyset): string {
  const parts = place.map((part) => (typeof part === 'bigint' ? part.toString() : part))
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** @param schema a z.tuple of `keysetPart`s, in the order in which they were encoded */
export function decodeKeyset<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
): Result<z.output<Schema>> {
  const parsed = schema.safeParse(text.length <= longest ? parse(text) : undefined)
  return parsed.success
    ? accept(parsed.data)
    : refuse('bad-input', 'This place in the list does not exist. Start again from its first page.')
}

/** Bounds are those of the columns: what passes here never makes the database complain. */
export const keysetPart = {
  /** A block number, sequence or anything else of eight bytes. */
  bigint: z
    .string()
    .regex(/^\d{1,19}$/)
    .transform(BigInt)
    .refine((value) => value < 2n ** 63n),
  uint256: z
    .string()
    .regex(/^\d{1,78}$/)
    .transform(BigInt)
    .refine((value) => value < 2n ** 256n),
  integer: z.int32(),
  date: z.iso
    .datetime({ precision: 3 })
    .refine((text) => !text.startsWith('0000'), 'has a year that PostgreSQL does not count')
    .transform((text) => new Date(text)),
  uuid: z.guid(),
  text: z
    .string()
    .max(256)
    .refine((value) => !value.includes('\0')),
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return undefined
  }
}
