import { expect, it } from 'vitest'
import { contentSecurityPolicy, fixedHeaders } from './security-headers'

it('allows by nonce and from here, and nothing inline or from elsewhere', () => {
  expect(
    contentSecurityPolicy({ https: true, development: false, nonce: 'n0nce' }).split('; '),
  ).toMatchInlineSnapshot(`
    [
      "default-src 'self'",
      "script-src 'nonce-n0nce' 'strict-dynamic'",
      "style-src 'self' 'nonce-n0nce'",
      "style-src-attr 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "frame-src 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
      "base-uri 'none'",
      "object-src 'none'",
      "manifest-src 'self'",
      "upgrade-insecure-requests",
    ]
  `)
})

it('gives eval to development alone', () => {
  const policy = (development: boolean) => contentSecurityPolicy({ https: false, development, nonce: 'n' })
  expect(policy(true)).toContain("'unsafe-eval'")
  expect(policy(false)).not.toContain('unsafe-eval')
  expect(policy(false)).not.toContain('upgrade-insecure-requests')
})

it('asks for https to be remembered only over https', () => {
  expect(fixedHeaders({ https: true })['Strict-Transport-Security']).toContain('max-age=63072000')
  expect(fixedHeaders({ https: false })).not.toHaveProperty('Strict-Transport-Security')
  expect(fixedHeaders({ https: false })['Permissions-Policy']).toMatch(
    /^accelerometer=\(\), .*xr-spatial-tracking=\(\)$/,
  )
})
