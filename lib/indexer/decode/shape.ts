import type { Address, Hex } from 'viem'
import { Fault } from '../../errors/fault'

/** Readers of fields of JSON-RPC answers. Each returns the checked value or throws `bad-shape`, naming the field. */

export type Fields = Record<string, unknown>

const quantityForm = /^0x(?:0|[1-9a-f][0-9a-f]*)$/
const dataForm = /^0x(?:[0-9a-f]{2})*$/
const hashForm = /^0x[0-9a-f]{64}$/
const addressForm = /^0x[0-9a-f]{40}$/

/** Of what PostgreSQL keeps as BIGINT, and of uint256: the first numbers that are too large. */
const [bigintEnd, uint256End] = [2n ** 63n, 2n ** 256n]

export function asFields(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw badShape(what, value, 'is no object')
}

export function asList(value: unknown, what: string): unknown[] {
  if (Array.isArray(value)) return value
  throw badShape(what, value, 'is no list')
}

/** Canonical hexadecimal quantity: no leading zeros, no sign. */
export function quantity(fields: Fields, name: string): bigint {
  const value = fields[name]
  if (typeof value === 'string' && quantityForm.test(value)) return BigInt(value)
  throw badShape(name, value, 'is no quantity')
}

/** The same as the node wrote it, below 2^256. */
export function hexQuantity(fields: Fields, name: string): Hex {
  const value = fields[name]
  if (typeof value === 'string' && value.length <= 66 && quantityForm.test(value)) return value as Hex
  throw badShape(name, value, 'is no quantity')
}

/** A quantity that is an index or a small code: below 2^31. */
export function index(fields: Fields, name: string): number {
  const value = Number(hexQuantity(fields, name))
  if (value < 2 ** 31) return value
  throw badShape(name, fields[name], 'is too large')
}

/** A quantity that PostgreSQL keeps as BIGINT: below 2^63. */
export function count(fields: Fields, name: string): bigint {
  const value = quantity(fields, name)
  if (value < bigintEnd) return value
  throw badShape(name, fields[name], 'is too large')
}

export function uint256(fields: Fields, name: string): bigint {
  const value = quantity(fields, name)
  if (value < uint256End) return value
  throw badShape(name, fields[name], 'is too large')
}

export const hash = (fields: Fields, name: string): Hex => match(fields, name, hashForm, 'is no hash')
export const address = (fields: Fields, name: string): Address =>
  match(fields, name, addressForm, 'is no address')
export const data = (fields: Fields, name: string): Hex => match(fields, name, dataForm, 'is no data')

export function bytes(fields: Fields, name: string, length: number): Hex {
  const value = data(fields, name)
  if (value.length === 2 + length * 2) return value
  throw badShape(name, value, `has not ${length} bytes`)
}

export function orNull<T>(read: (fields: Fields, name: string) => T, fields: Fields, name: string): T | null {
  return fields[name] == null ? null : read(fields, name)
}

/** Addresses may come with a checksum in their case; everything here is lower-case. */
function match(fields: Fields, name: string, form: RegExp, complaint: string): Hex {
  const value = fields[name]
  if (typeof value === 'string') {
    if (form.test(value)) return value as Hex
    const lower = value.toLowerCase()
    if (value.startsWith('0x') && form.test(lower)) return lower as Hex
  }
  throw badShape(name, value, complaint)
}

const badShape = (name: string, value: unknown, complaint: string) =>
  new Fault('bad-shape', `${name} ${complaint}: ${JSON.stringify(value)?.slice(0, 80) ?? 'missing'}`, {
    field: name,
  })
