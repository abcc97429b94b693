import { env } from '@/lib/env'
import { refuse } from '@/lib/errors/refusal'

/**
 * Same origin or nothing. A browser sends Origin with every request that is not GET or HEAD, so its absence is as
 * foreign as `null` or another site. Our own check: the framework's lets a missing Origin pass.
 */
export function isOwnOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  return headers.get('origin') === env().publicOrigin && (site === null || site === 'same-origin')
}

export const badOrigin = () =>
  refuse('bad-origin', 'This request did not come from this portal. Open the portal again and repeat it.')
