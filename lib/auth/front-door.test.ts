import { expect, it } from 'vitest'
import { forgedHeader, straighten } from './front-door'

const seen = (headers: Record<string, string>, proxies: number) => {
  straighten(headers, '192.0.2.1', proxies)
  return headers
}

it('believes nobody without a proxy', () => {
  expect(
    seen({ 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'evil.example', forwarded: 'for=x' }, 0),
  ).toEqual({ 'x-forwarded-for': '192.0.2.1' })
})

it('believes what its own proxies wrote, and not what the client put before it', () => {
  expect(seen({ 'x-forwarded-for': '1.1.1.1, 203.0.113.9' }, 1)['x-forwarded-for']).toBe('203.0.113.9')
  expect(seen({ 'x-forwarded-for': '1.1.1.1, 203.0.113.9, 10.0.0.2' }, 2)['x-forwarded-for']).toBe(
    '203.0.113.9',
  )
  expect(seen({ 'x-forwarded-host': 'portal.example' }, 1)['x-forwarded-host']).toBe('portal.example')
})

it('takes the socket for a client that came past the proxy', () => {
  expect(seen({}, 1)['x-forwarded-for']).toBe('192.0.2.1')
})

it('marks a request that speaks as the framework does to itself', () => {
  expect(seen({ 'x-middleware-subrequest': 'proxy:proxy:proxy' }, 0)[forgedHeader]).toBe('1')
  expect(seen({ 'next-resume': '1' }, 0)[forgedHeader]).toBe('1')
  expect(seen({ [forgedHeader]: '1' }, 0)).not.toHaveProperty(forgedHeader)
})
