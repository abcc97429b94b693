import { expect, it } from 'vitest'
import { ownPath, signInPath } from './paths'

it.each(['/transfers', '/transfers?firm=3&after=abc', '/customers/0xabc'])('goes back to %s', (path) => {
  expect(ownPath(path)).toBe(path)
})

it.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/api/rpc',
  '/sign-in?next=/sign-in',
  '/a\nb',
  `/${'a'.repeat(1001)}`,
  '',
  null,
  undefined,
])('does not go to %j', (path) => {
  expect(ownPath(path)).toBe('/')
})

it('carries the page asked for to the sign-in page', () => {
  expect(signInPath('/transfers?firm=3')).toBe('/sign-in?next=%2Ftransfers%3Ffirm%3D3')
  expect(signInPath('/')).toBe('/sign-in')
})
