/**
 * What we answer when we will not do what was asked: for the person, in plain words.
 * `code` is an anchor in docs/errors.md; `fields` points at inputs; `values` goes to the journal, never secrets.
 */
export type Refusal = {
  code: RefusalCode
  message: string
  fields?: Record<string, string>
  values?: Record<string, string | number | boolean | null>
}

export type Result<T> = { ok: true; value: T } | { ok: false; refusal: Refusal }

export const accept = <T>(value: T): Result<T> => ({ ok: true, value })

export const refuse = (code: RefusalCode, message: string, more: Omit<Refusal, 'code' | 'message'> = {}) =>
  ({ ok: false, refusal: { code, message, ...more } }) as const

/** Every refusal there is; docs/errors.md has a section for each, checked by a test. */
export const refusalCodes = [
  'bad-input',
  'bad-origin',
  'too-large',
  'too-many-requests',
  'signed-out',
  'not-permitted',
  'not-found',
  'no-wallet',
  'wrong-wallet',
  'wallet-taken',
  'stale',
  'replayed',
  'own-order',
  'order-closed',
  'order-expired',
  'transaction-unknown',
  'transaction-differs',
  'no-contract',
  'no-token',
  'already-watched',
  'chain-unreachable',
  'in-doubt',
  'standstill',
  'method-not-allowed',
] as const

export type RefusalCode = (typeof refusalCodes)[number]
