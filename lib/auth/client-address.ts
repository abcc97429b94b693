import { isIP } from 'node:net'

/**
 * The address a request counts against: the last entry, which instrumentation's front door wrote from the socket
 * (or the outermost trusted proxy did). An IPv6 customer owns a /64, so that is what counts.
 */
export function clientAddress(headers: Headers): string {
  const text = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  const address = text.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIP(address) === 4) return address
  if (isIP(address) !== 6) return 'unknown'
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const left = groups[0]!.split(':').filter(Boolean)
  const right = groups.length > 1 ? groups[1]!.split(':').filter(Boolean) : []
  const gap = groups.length > 1 ? Array<string>(8 - left.length - right.length).fill('0') : []
  return `${[...left, ...gap, ...right].slice(0, 4).join(':')}::/64`
}
