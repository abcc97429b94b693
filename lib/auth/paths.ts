/** Set by proxy.ts from the URL, and overwritten there if a browser sends it. */
export const pathHeader = 'x-plimsoll-path'

/** A path of this portal and nothing else: no other host, no protocol, no API, no sign-in loop. */
export function ownPath(path: string | null | undefined): string {
  const safe = path && path.length <= 1000 && /^\/(?![/\\])[\w\-./?=&%~+,:]*$/.test(path)
  return safe && !/^\/(api|sign-in|_next)(\/|\?|$)/.test(path) ? path : '/'
}

export function signInPath(from: string | null | undefined): string {
  const path = ownPath(from)
  return path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`
}
