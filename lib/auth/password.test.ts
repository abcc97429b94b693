import { expect, it } from 'vitest'
import { hashPassword, verifyPassword } from './password'

it('verifies what it hashed and nothing else', async () => {
  const hash = await hashPassword('correct horse battery')
  expect(hash).toMatch(/^scrypt\$15\$8\$3\$/)
  expect(await verifyPassword('correct horse battery', hash)).toBe(true)
  expect(await verifyPassword('correct horse batterz', hash)).toBe(false)
  expect(await verifyPassword('', hash)).toBe(false)
})

it('salts each hash', async () => {
  expect(await hashPassword('correct horse battery')).not.toBe(await hashPassword('correct horse battery'))
})

it('takes a password typed in another Unicode form for the same', async () => {
  const hash = await hashPassword('cafe\u0301 au lait, please')
  expect(await verifyPassword('caf\u00e9 au lait, please', hash)).toBe(true)
})

it('says no for nobody', async () => {
  expect(await verifyPassword('correct horse battery', null)).toBe(false)
})

it('refuses to hash what policy does not allow, and a hash of unknown form', async () => {
  await expect(hashPassword('elevenchars')).rejects.toThrow(RangeError)
  await expect(hashPassword('x'.repeat(129))).rejects.toThrow(RangeError)
  await expect(verifyPassword('x', 'md5$abc')).rejects.toThrow('unknown form')
})
