import { describe, expect, it } from 'vitest'
import { exportHref, filtersOf, parseSearch, tagsOf, toHref } from './search'

const choices = {
  firms: [
    { id: 1, name: 'Northgate Bank' },
    { id: 2, name: 'Harbour Payments Ltd' },
  ],
  instruments: [{ address: `0x${'aa'.repeat(20)}`, symbol: 'USD', name: 'Dollar', decimals: 2 }],
}

describe('parseSearch', () => {
  it('takes what it knows and leaves out empty fields and everything else', () => {
    expect(
      parseSearch({ min: ' 100 ', max: '', firm: ['1', '2', '1', ''], evil: 'x', outcome: ['settled', 'x'] }),
    ).toEqual({
      min: '100',
      outcome: 'settled',
      firm: ['1', '2'],
    })
    expect(parseSearch({})).toEqual({})
  })

  it('bounds what a URL can hold', () => {
    const search = parseSearch({
      account: 'x'.repeat(9_999),
      firm: Array.from({ length: 999 }, (_, id) => `${id}`),
    })
    expect(search.account).toHaveLength(300)
    expect(search.firm?.length).toBeLessThanOrEqual(60)
  })

  it('reads back what it wrote', () => {
    const search = { firm: ['1', '2'], min: '1,000.50', since: '2026-11-22T00:00', after: 'abc' }
    const query = new URL(toHref(search), 'http://here').searchParams
    const params = Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]))
    expect(parseSearch(params)).toEqual(search)
    expect(toHref({})).toBe('/transfers')
  })
})

describe('tagsOf', () => {
  it('names each filter and leads to the first page without it', () => {
    const search = { firm: ['1', '2'], min: '100', instrument: choices.instruments[0]!.address, after: 'abc' }
    const tags = tagsOf(search, choices)
    expect(tags.map(({ label, value }) => `${label} ${value}`)).toEqual([
      'Firm any of 2',
      'Instrument USD',
      'Amount ≥ 100',
    ])
    expect(tags[2]?.remove).toBe(toHref({ firm: ['1', '2'], instrument: search.instrument }))
    expect(tags.every(({ remove }) => !remove.includes('after'))).toBe(true)
    expect(filtersOf(search)).not.toHaveProperty('after')
  })
})

describe('columns', () => {
  it('keeps which are left out, and only those that may be', () => {
    const state = parseSearch({ hide: ['block', 'amount', 'unit'], min: '1' })
    expect(state.hide).toEqual(['unit', 'block'])
    expect(toHref(state)).toBe('/transfers?min=1&hide=unit&hide=block')
    expect(tagsOf(state, choices)[0]?.remove).toBe('/transfers?hide=unit&hide=block')
  })
})

describe('exportHref', () => {
  it('hands on one firm and whole days, and nothing that a register cannot be of', () => {
    expect(exportHref({ min: '1', firm: ['1', '2'], since: '2026-11-01T10:00', until: '2026-11-02' })).toBe(
      '/reports/request',
    )
    expect(exportHref({ firm: ['2'] })).toBe('/reports/request?firm=2')
    expect(exportHref({ since: '2026-11-01T00:00', until: '2026-11-02' })).toBe(
      '/reports/request?firm=all&from=2026-11-01&until=2026-11-02',
    )
  })
})
