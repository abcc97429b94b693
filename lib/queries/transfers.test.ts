import { beforeAll, describe, expect, it } from 'vitest'
import { encodeKeyset } from '@/lib/db/keyset'
import { databaseForThisFile } from '@/test/database'
import { environmentForThisFile } from '@/test/environment'
import { journalReader } from '@/test/people'
import {
  accountOf,
  blockHash,
  bond,
  fillSmallLedger,
  harbour,
  identityOf,
  lastBlock,
  northgate,
  person,
  referenceOf,
  refusals,
  transfers,
  txHash,
} from '@/test/small-ledger'
import { getTransferPage } from './transfer'
import type { TransferRow } from './transfer-row'
import { getNewTransfers, getTransfersPage, pageSize, type TransfersSearch } from './transfers'

environmentForThisFile()
const database = databaseForThisFile()
beforeAll(() => fillSmallLedger(database.superUrl))

const analyst = person('analyst')
const ofNorthgate = person('viewer', northgate)
const ofHarbour = person('compliance-officer', harbour)

async function pageOf(officer: typeof analyst, search: TransfersSearch = {}) {
  const result = await getTransfersPage(officer, search)
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

/** Every page from the newest to the oldest. */
async function walk(officer: typeof analyst, search: TransfersSearch = {}): Promise<TransferRow[]> {
  const rows: TransferRow[] = []
  for (let after: string | undefined, pages = 0; pages < 50; pages++) {
    const page = await pageOf(officer, { ...search, after })
    rows.push(...page.rows)
    if (!page.older) return rows
    after = page.older
  }
  throw new Error('The list does not end')
}

const idOf = ({ kind, block, index }: TransferRow) => `${kind} ${block}/${index}`
const involves = (firm: number) => (one: { from: number; to: number }) => one.from === firm || one.to === firm

describe('the timeline', () => {
  it('has every row once, newest first, in the order of the chain, though many share block and time', async () => {
    const rows = await walk(analyst)
    const inOrder = [
      ...transfers.map(({ block, tx, log }) => ({ block, tx, log, id: `settled ${block}/${log}` })),
      ...refusals.map(({ block, tx }) => ({ block, tx, log: -1, id: `refused ${block}/${tx}` })),
    ].toSorted((a, b) => b.block - a.block || b.tx - a.tx || b.log - a.log)
    expect(rows.map(idOf)).toEqual(inOrder.map(({ id }) => id))
  })

  it('leads back to the newer page as it was, and from the top to the first page', async () => {
    const first = await pageOf(analyst)
    const second = await pageOf(analyst, { after: first.older })
    const third = await pageOf(analyst, { after: second.older })
    expect((await pageOf(analyst, { before: third.newer })).rows).toEqual(second.rows)
    const back = await pageOf(analyst, { before: second.newer })
    expect(back.rows).toEqual(first.rows)
    expect(back.newer).toBeUndefined()
    expect(first.rows).toHaveLength(pageSize)
  })

  it('marks what a reorganisation could still take back', async () => {
    const rows = (await walk(analyst, { outcome: 'pending' })).map(({ block }) => Number(block))
    expect(Math.min(...rows)).toBe(lastBlock - 4)
    expect(rows).toHaveLength(5 * 3)
  })

  it('counts a small list exactly', async () => {
    expect((await pageOf(analyst)).total).toEqual({
      count: transfers.length + refusals.length,
      isExact: true,
    })
  })
})

describe('filters', () => {
  it.each<[string, TransfersSearch, number]>([
    ['a firm on either side', { firm: [String(northgate)] }, 200 + 100],
    ['any of two firms, what they share once', { firm: [String(northgate), String(harbour)] }, 300 + 100],
    ['an instrument', { instrument: bond }, 100],
    ['settled', { outcome: 'settled' }, 300],
    ['refused by a limit', { outcome: 'refused-limit' }, 50],
    ['refused by KYC', { outcome: 'refused-kyc' }, 50],
    ['an account', { account: accountOf(harbour) }, 200],
    ['an identity', { account: identityOf(harbour) }, 200],
    ['a customer', { account: referenceOf(harbour).toLowerCase() }, 200],
    ['a block', { block: '7' }, 4],
    ['a batch', { tx: txHash(7, 2) }, 2],
    ['a batch, of it one account', { tx: txHash(7, 2), account: accountOf(harbour) }, 1],
    ['a firm and another’s account', { firm: [String(northgate)], account: accountOf(harbour) }, 100],
    ['a time', { since: '2026-11-22T00:10', until: '2026-11-22T00:12' }, 8],
    ['a time before everything', { until: '2020-01-01' }, 0],
    ['a time after everything', { since: '2030-01-01' }, 0],
    // 90.00 to 90.02: the bond has no decimals, so of it 9,002 units would be 9,002 and not 90.02.
    ['amounts in whole units', { min: '90', max: '90.02', outcome: 'settled' }, 2],
  ])('finds %s', async (_, search, count) => {
    const rows = await walk(analyst, search)
    expect(rows).toHaveLength(count)
    expect(new Set(rows.map(idOf)).size).toBe(count)
  })

  it.each<[keyof TransfersSearch, TransfersSearch]>([
    ['min', { min: '1e3' }],
    ['min', { min: '0x10' }],
    ['min', { min: '１２' }],
    ['max', { max: '-1' }],
    ['max', { max: (2n ** 256n).toString() }],
    ['min', { min: '1.234' }],
    ['max', { min: '2', max: '1' }],
    ['since', { since: '2026-02-31' }],
    ['until', { since: '2026-02-02', until: '2026-02-01' }],
    ['account', { account: '0x1234' }],
    ['account', { account: "C-1'; drop table transfer" }],
    ['instrument', { instrument: accountOf(1) }],
    ['outcome', { outcome: 'other' }],
    ['firm', { firm: ['1 or 1=1'] }],
    ['tx', { tx: '0x12' }],
    ['block', { block: '1e3' }],
  ])('names the field %s and searches nothing: %j', async (field, search) => {
    const page = await pageOf(analyst, search)
    expect(Object.keys(page.fields)).toEqual([field])
    expect(page.rows).toEqual([])
  })

  it('refuses a forged place with one line in the journal', async () => {
    const read = journalReader(database)
    await read()
    for (const after of [
      'abc',
      '',
      encodeKeyset(['x', 0, 0]),
      encodeKeyset([2n ** 63n, 0, 0]),
      'A'.repeat(5_000),
    ]) {
      const result = await getTransfersPage(analyst, { after })
      expect(result).toMatchObject({ ok: false, refusal: { code: 'bad-input' } })
      expect((await read()).map(({ act }) => act)).toEqual(['refused:read:page'])
    }
  })
})

describe('a firm', () => {
  it('sees what it sent or received, and only what it sent of the refused', async () => {
    const own = (await walk(ofHarbour)).map(idOf)
    expect(own).toHaveLength(transfers.filter(involves(harbour)).length)
    expect((await walk(ofNorthgate)).filter(({ kind }) => kind === 'refused')).toHaveLength(refusals.length)
  })

  it.each<TransfersSearch>([
    { firm: [String(northgate)] },
    { account: accountOf(northgate) },
    { outcome: 'refused' },
    { tx: txHash(7, 2) },
    { block: '7' },
    { after: encodeKeyset([50n, 2, 1]) },
  ])('never sees a transfer between others, however it asks: %j', async (search) => {
    for (const row of await walk(ofHarbour, search)) {
      expect([row.from.firm?.id, row.to.firm?.id]).toContain(harbour)
    }
  })

  it('knows its counterparties by firm and not by customer', async () => {
    for (const { from, to } of await walk(ofHarbour)) {
      const [own, other] = from.firm?.id === harbour ? [from, to] : [to, from]
      expect(own.customer?.reference).toBe(referenceOf(harbour))
      expect(other.customer).toBeUndefined()
      expect(other.firm?.name).toBeTruthy()
    }
  })

  it('cannot search by the reference of another firm’s customer', async () => {
    expect((await pageOf(ofHarbour, { account: referenceOf(northgate) })).fields).toHaveProperty('account')
  })

  it('gets the same answer for another firm’s transfer as for none', async () => {
    const others = await getTransferPage(ofHarbour, { kind: 'settled', block: '7', index: '2' })
    const none = await getTransferPage(ofHarbour, { kind: 'settled', block: '7', index: '99' })
    const refused = await getTransferPage(ofHarbour, { kind: 'refused', block: '7', index: '1' })
    expect(others).toEqual(none)
    expect(refused).toEqual(none)
    expect(none).toMatchObject({ ok: false, refusal: { code: 'not-found' } })
  })
})

describe('one transfer', () => {
  it('is found by block and log, with the others of its transaction', async () => {
    const result = await getTransferPage(analyst, { kind: 'settled', block: '100', index: '1' })
    if (!result.ok) throw new Error(result.refusal.message)
    expect(result.value.row).toMatchObject({
      kind: 'settled',
      block: '100',
      index: 1,
      amount: '10001',
      isFinal: false,
    })
    expect(result.value.siblings.map(idOf)).toEqual(['settled 100/2'])
    expect(result.value).toMatchObject({ blocksToFinal: '5', value: '10001', blockHash: blockHash(100) })
  })

  it('says whose rule refused it and what would have passed', async () => {
    const limit = await getTransferPage(ofNorthgate, { kind: 'refused', block: '7', index: '1' })
    expect(limit).toMatchObject({
      ok: true,
      value: { refusal: { code: 25, headroom: '500', whose: 'Northgate Bank' } },
    })
    // The recipient is another firm's customer: nobody of theirs is named.
    const kyc = await getTransferPage(ofNorthgate, { kind: 'refused', block: '8', index: '1' })
    expect(kyc.ok && kyc.value.refusal?.code).toBe(15)
    expect(kyc.ok && kyc.value.refusal?.whose).toBeUndefined()
  })

  it.each([
    ['1e1', '0'],
    ['-1', '0'],
    ['07', '0'],
    ['7', '0x1'],
    ['7', '4294967296'],
    ['9'.repeat(30), '0'],
    ['７', '0'],
    ['', ''],
  ])('is not found under %j/%j', async (block, index) => {
    for (const kind of ['settled', 'refused'] as const) {
      const result = await getTransferPage(analyst, { kind, block, index })
      expect(result).toMatchObject({ ok: false, refusal: { code: 'not-found' } })
    }
  })
})

describe('new transfers', () => {
  const since = { block: '98', hash: blockHash(98) }

  it('are counted above the block of the page, by its filters and its reader', async () => {
    expect(await getNewTransfers(analyst, {}, since)).toMatchObject({
      value: { count: 8, isReplaced: false },
    })
    expect(await getNewTransfers(analyst, { outcome: 'refused' }, since)).toMatchObject({
      value: { count: 2 },
    })
    expect(await getNewTransfers(ofHarbour, {}, since)).toMatchObject({ value: { count: 4 } })
    expect(await getNewTransfers(analyst, {}, { block: '1', hash: blockHash(1) })).toMatchObject({
      value: { count: 99 },
    })
  })

  it('say when the block of the page is another now', async () => {
    const replaced = await getNewTransfers(analyst, {}, { block: '98', hash: blockHash(97) })
    expect(replaced).toMatchObject({ value: { isReplaced: true } })
  })

  it('refuse what is no block', async () => {
    for (const bad of [
      { block: '-1', hash: blockHash(1) },
      { block: '1', hash: '0x12' },
      { block: '', hash: '' },
    ]) {
      expect(await getNewTransfers(analyst, {}, bad)).toMatchObject({ refusal: { code: 'bad-input' } })
    }
  })
})
