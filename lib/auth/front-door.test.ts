import { request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { bodyLimit, forgedHeader, guardFrontDoor, straighten, unspeakable } from './front-door'

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

it('tells of a request that says it is too large, once, and gives TRACE another name', async () => {
  const told: [string, number][] = []
  guardFrontDoor(0, (path, bytes) => told.push([path, bytes]))
  const methods: string[] = []
  const server = createServer((request, response) => {
    methods.push(request.method!)
    response.writeHead(413, { connection: 'close' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const send = (method: string, length: number) =>
    new Promise<void>((resolve, reject) => {
      const headers = { 'content-length': length }
      const sent = ask({ port, path: '/account?a=1', method, headers }, () => {
        sent.destroy()
        resolve()
      })
      sent.on('error', reject).flushHeaders()
    })
  await send('POST', bodyLimit)
  await send('POST', bodyLimit + 1)
  await send('TRACE', 0)
  server.close()
  expect(told).toEqual([['/account', bodyLimit + 1]])
  expect(methods).toEqual(['POST', 'POST', unspeakable])
})
