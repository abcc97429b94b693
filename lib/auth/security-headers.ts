export type SecurityTerms = { https: boolean; development: boolean; nonce: string }

/**
 * Scripts run by nonce alone ('strict-dynamic' lets those load their chunks). Style attributes stay allowed: widths of
 * bars and places of menus are written there, and an attribute can neither load nor run anything here.
 */
export function contentSecurityPolicy({ https, development, nonce }: SecurityTerms): string {
  const directives = [
    `default-src 'self'`,
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `frame-src 'none'`,
    `frame-ancestors 'none'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `object-src 'none'`,
    `manifest-src 'self'`,
    ...(https ? ['upgrade-insecure-requests'] : []),
  ]
  return directives.join('; ')
}

const powers =
  'accelerometer autoplay camera display-capture geolocation gyroscope hid magnetometer microphone'
const morePowers = 'midi payment publickey-credentials-create serial usb xr-spatial-tracking'

/** The rest, the same on every answer. */
export function fixedHeaders({ https }: Pick<SecurityTerms, 'https'>): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': `${powers} ${morePowers}`
      .split(' ')
      .map((power) => `${power}=()`)
      .join(', '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(https ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' } : {}),
  }
}
