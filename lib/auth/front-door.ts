import { subscribe } from 'node:diagnostics_channel'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** Headers by which the framework speaks to itself. From outside they are an attack (CVE-2025-29927, -2026-44579). */
const internal = ['x-middleware-subrequest', 'x-middleware-rewrite', 'x-middleware-next', 'next-resume']
export const forgedHeader = 'x-plimsoll-forged'

/** Nothing a browser sends us is larger: actions, JSON-RPC batches, forms. */
export const bodyLimit = 64 * 1024

export const isTooLarge = (contentLength: string | null | undefined): boolean =>
  Number(contentLength ?? 0) > bodyLimit

/** Stands for a method of which the framework cannot even make a request of its own; proxy.ts refuses it. */
export const unspeakable = 'UNSPEAKABLE'

/**
 * Rewrites what a client claims about itself before the framework reads it. `x-forwarded-for` becomes one address that
 * is true: the socket's, or with n reverse proxies the n-th entry from the right, which the outermost of them wrote.
 * Without proxies the other X-Forwarded-* go; the framework would take a host from there.
 */
export function straighten(
  headers: IncomingHttpHeaders,
  socketAddress: string | undefined,
  proxies: number,
): void {
  delete headers[forgedHeader]
  if (internal.some((name) => headers[name] !== undefined)) headers[forgedHeader] = '1'
  for (const name of internal) delete headers[name]

  const claimed = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  const chain = [...claimed.map((entry) => entry.trim()).filter(Boolean), socketAddress ?? '']
  headers['x-forwarded-for'] = chain.at(-1 - proxies) ?? chain[0]
  delete headers['x-real-ip']
  delete headers.forwarded
  if (proxies > 0) return
  for (const name of ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port']) delete headers[name]
}

type TooLarge = (path: string, bytes: number) => void

/** Node announces a request here before it gives it to the server's own handler. */
export function guardFrontDoor(proxies: number, onTooLarge: TooLarge): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    straighten(request.headers, request.socket.remoteAddress, proxies)
    if (request.method === 'TRACE') request.method = unspeakable
    const length = request.headers['content-length']
    if (isTooLarge(length)) onTooLarge(request.url?.split('?')[0] ?? '', Number(length))
  })
}
