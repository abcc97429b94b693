import { expect, it } from 'vitest'
import { clientAddress } from './client-address'

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:127.0.0.1', '127.0.0.1'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8:1:2:aaaa::7', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:bbbb:0:0:9', '2001:db8:1:2::/64'],
  ['203.0.113.9, 192.0.2.7', '192.0.2.7'],
  ['nonsense', 'unknown'],
  ['', 'unknown'],
])('%j counts as %s', (header, address) => {
  expect(clientAddress(new Headers({ 'x-forwarded-for': header }))).toBe(address)
})
