import { expect, it } from 'vitest'
import { normaliseUsername } from './username'

it.each([
  ['anna', 'anna'],
  ['  Anna ', 'anna'],
  ['ａｎｎａ', 'anna'],
  ['a.b-c_1', 'a.b-c_1'],
])('reads %j as %s', (text, username) => {
  expect(normaliseUsername(text)).toBe(username)
})

it.each([
  '',
  'аnna', // Cyrillic а
  'anna＠example', // fullwidth at sign folds to @, which no username has
  'an na',
  'anna\u0000',
  'anna\u202e',
  '\ud800anna',
  '-anna',
  'a'.repeat(41),
  'ﷺ'.repeat(64), // each grows to eighteen characters
])('refuses %j', (text) => {
  expect(normaliseUsername(text)).toBeUndefined()
})
