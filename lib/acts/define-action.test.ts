import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { Officer } from '@/lib/auth/officer'
import { accept, refuse } from '@/lib/errors/refusal'
import { seedPeople } from '@/prisma/seed/people'
import { databaseForThisFile } from '@/test/database'
import { environmentForThisFile } from '@/test/environment'
import { journalReader, signedIn } from '@/test/people'
import { defineAction } from './define-action'

const request = vi.hoisted(() => ({ headers: new Headers(), officer: null as Officer | null }))
vi.mock('next/headers', () => ({ headers: async () => request.headers }))
vi.mock('@/lib/auth/require-officer', () => ({ findOfficer: async () => request.officer }))

environmentForThisFile()
const journal = journalReader(databaseForThisFile())
const done = vi.fn()

const action = defineAction({
  deed: 'prepare:limit',
  schema: z.object({ subject: z.string().max(10), amount: z.string() }),
  permission: 'propose:limit',
  subject: ({ subject }) => subject,
  act: async (officer, input) => {
    done(officer.username, input)
    return input.amount === '0'
      ? refuse('stale', 'It changed.', { values: { seen: 1 } })
      : accept(input.amount)
  },
})
const input = { subject: 'firm 3', amount: '5' }

beforeAll(() => seedPeople({ chainId: 31337 }))

beforeEach(async () => {
  done.mockClear()
  request.headers = new Headers({ origin: 'https://portal.example' })
  request.officer = await signedIn('officer')
  await journal()
})

/** Refused, undone, and one line that says so. */
async function expectRefusal(given: unknown, code: string, line: object) {
  expect(await action(given)).toMatchObject({ ok: false, refusal: { code } })
  expect(done).not.toHaveBeenCalled()
  expect(await journal()).toMatchObject([{ act: 'refused:prepare:limit', detail: { code }, ...line }])
}

describe('an action', () => {
  it('does its deed for whoever may, and leaves the line of it to the deed', async () => {
    expect(await action(input)).toEqual({ ok: true, value: '5' })
    expect(done).toHaveBeenCalledWith('officer', input)
    expect(await journal()).toEqual([])
  })

  it.each([
    null,
    'null',
    'https://evil.example',
    'https://portal.example.evil.example',
    'http://portal.example',
  ])('refuses the origin %s', async (origin) => {
    request.headers = new Headers(origin ? { origin } : {})
    await expectRefusal(input, 'bad-origin', { person_id: request.officer!.personId })
  })

  it.each([
    ['an extra field', { ...input, role: 'administrator' }],
    ['a missing field', { subject: 'firm 3' }],
    ['another type', { ...input, amount: 5 }],
    ['an array for a text', { ...input, subject: ['firm 3'] }],
    ['too much', { ...input, subject: 'x'.repeat(11) }],
    ['nothing', undefined],
    ['an array', [input]],
    ['__proto__', JSON.parse('{"subject":"a","amount":"1","__proto__":{"admin":true}}')],
  ])('refuses %s', async (_name, given) => {
    await expectRefusal(given, 'bad-input', { subject: 'officer' })
  })

  it('does not repeat in the journal what was entered', async () => {
    await action({ ...input, amount: { secret: 'hunter2' } })
    expect(JSON.stringify(await journal())).not.toContain('hunter2')
  })

  it('refuses who is signed out', async () => {
    request.officer = null
    await expectRefusal(input, 'signed-out', { person_id: null, subject: 'firm 3' })
  })

  it.each(['analyst', 'approver', 'administrator', 'auditor', 'northgate-compliance'])(
    'refuses the %s, who may not',
    async (username) => {
      request.officer = await signedIn(username)
      await expectRefusal(input, 'not-permitted', { subject: 'firm 3', person_id: request.officer.personId })
    },
  )

  it('writes one line when the deed refuses, with its values', async () => {
    expect(await action({ ...input, amount: '0' })).toMatchObject({ refusal: { code: 'stale' } })
    expect(await journal()).toMatchObject([
      { act: 'refused:prepare:limit', subject: 'firm 3', detail: { code: 'stale', seen: 1 } },
    ])
  })

  it('throws on what nobody foresaw', async () => {
    done.mockImplementationOnce(() => {
      throw new Error('a bug')
    })
    await expect(action(input)).rejects.toThrow('a bug')
  })
})
