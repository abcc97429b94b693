import pg from 'pg'
import { privateKeyToAccount } from 'viem/accounts'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Officer } from '@/lib/auth/officer'
import { seedPeople } from '@/prisma/seed/people'
import { databaseForThisFile } from '@/test/database'
import { environmentForThisFile } from '@/test/environment'
import { journalReader, signedIn } from '@/test/people'
import { prepareWalletBinding, submitWalletBinding } from './wallet-binding'

environmentForThisFile()
const database = databaseForThisFile()
const journal = journalReader(database)
const account = privateKeyToAccount(`0x${'11'.repeat(32)}`)
const address = account.address.toLowerCase() as `0x${string}`

let officer: Officer
let approver: Officer

beforeAll(async () => {
  await seedPeople({ chainId: 31337 })
  officer = await signedIn('officer')
  approver = await signedIn('approver')
})

beforeEach(async () => {
  await sql(`DELETE FROM wallet WHERE address = '${address}'; DELETE FROM role_grant`)
  await journal()
})

async function sql(text: string) {
  const client = new pg.Client({ connectionString: database.superUrl })
  await client.connect()
  await client.query(text)
  await client.end()
}

async function signed(who = officer, signer = account) {
  const prepared = await prepareWalletBinding(who, { address })
  if (!prepared.ok) throw new Error(prepared.refusal.message)
  const { message } = prepared.value
  return { message, signature: await signer.signMessage({ message }) }
}

const grant = (person: string) =>
  sql(`INSERT INTO role_grant (chain_id, block_number, log_index, time, account, person, roles, order_id)
    VALUES (31337, 1, 0, now(), '${address}', '${person}', 2, '0x${'0'.repeat(64)}')`)

describe('binding a wallet', () => {
  it('asks for a text with a nonce and writes one line when it is signed', async () => {
    const { message, signature } = await signed()
    expect(message).toContain('portal.example wants you to sign in')
    expect(message).toContain('Chain ID: 31337')
    const result = await submitWalletBinding(officer, { message, signature })
    expect(result).toEqual({ ok: true, value: { address: account.address, chainId: 31337 } })
    expect(await journal()).toEqual([
      { act: 'bind:wallet', subject: address, person_id: officer.personId, detail: { chainId: 31337 } },
    ])
  })

  it('takes each text once', async () => {
    const text = await signed()
    await submitWalletBinding(officer, text)
    expect(await submitWalletBinding(officer, text)).toMatchObject({ refusal: { code: 'replayed' } })
    expect(await journal()).toHaveLength(1)
  })

  it('takes it once of twenty at the same moment', async () => {
    const text = await signed()
    const results = await Promise.all(Array.from({ length: 20 }, () => submitWalletBinding(officer, text)))
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await journal()).toHaveLength(1)
  })

  it('spends the nonce on a wrong signature too', async () => {
    const text = await signed(officer, privateKeyToAccount(`0x${'22'.repeat(32)}`))
    expect(await submitWalletBinding(officer, text)).toMatchObject({ refusal: { code: 'wrong-wallet' } })
    const signature = await account.signMessage({ message: text.message })
    expect(await submitWalletBinding(officer, { ...text, signature })).toMatchObject({
      refusal: { code: 'replayed' },
    })
  })

  it('takes it of the session alone that asked, and leaves it to that one', async () => {
    const text = await signed()
    for (const other of [approver, await signedIn('officer')]) {
      expect(await submitWalletBinding(other, text)).toMatchObject({ refusal: { code: 'replayed' } })
    }
    expect(await submitWalletBinding(officer, text)).toMatchObject({ ok: true })
  })

  it('refuses a text that is older than five minutes', async () => {
    const text = await signed()
    await sql(`UPDATE siwe_nonce SET expires_at = now() - interval '1 millisecond'`)
    expect(await submitWalletBinding(officer, text)).toMatchObject({ refusal: { code: 'replayed' } })
  })

  it.each([
    ['another domain', (text: string) => text.replace('portal.example wants', 'evil.example wants')],
    ['another chain', (text: string) => text.replace('Chain ID: 31337', 'Chain ID: 1')],
    [
      'another uri',
      (text: string) => text.replace('URI: https://portal.example', 'URI: https://evil.example'),
    ],
  ])('refuses a text for %s, rightly signed', async (_name, change) => {
    const message = change((await signed()).message)
    const text = { message, signature: await account.signMessage({ message }) }
    expect(await submitWalletBinding(officer, text)).toMatchObject({ refusal: { code: 'wrong-wallet' } })
    expect(await journal()).toEqual([])
  })

  it('refuses a text that is none', async () => {
    const text = { message: 'hello', signature: await account.signMessage({ message: 'hello' }) }
    expect(await submitWalletBinding(officer, text)).toMatchObject({ refusal: { code: 'wrong-wallet' } })
  })

  it('refuses a wallet of somebody else, before and after the signature', async () => {
    const late = await signed(approver)
    await submitWalletBinding(officer, await signed())
    expect(await prepareWalletBinding(approver, { address })).toMatchObject({
      refusal: { code: 'wallet-taken' },
    })
    expect(await submitWalletBinding(approver, late)).toMatchObject({ refusal: { code: 'wallet-taken' } })
  })

  it('refuses a wallet that the role table gives to another person, and takes one it gives to this', async () => {
    await grant(approver.chainPerson)
    expect(await prepareWalletBinding(officer, { address })).toMatchObject({
      refusal: { code: 'wrong-wallet' },
    })
    expect(await prepareWalletBinding(approver, { address })).toMatchObject({ ok: true })
  })

  it('looks into the role table again after the signature', async () => {
    const text = await signed()
    await grant(approver.chainPerson)
    expect(await submitWalletBinding(officer, text)).toMatchObject({ refusal: { code: 'wrong-wallet' } })
  })

  it('says yes to who binds their own wallet again, without a second line', async () => {
    await submitWalletBinding(officer, await signed())
    expect(await submitWalletBinding(officer, await signed())).toMatchObject({ ok: true })
    expect(await journal()).toHaveLength(1)
  })
})
