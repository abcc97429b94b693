import type { Page } from '@playwright/test'
import { prepareFirmLimit } from './proposals'
import { findPending } from './world'

export type Place = { name: string; path: string; username: string | null }

/** Every page there is, each as somebody who may open it. Where it needs an object, one that a list leads to. */
export async function everyPage(page: Page): Promise<Place[]> {
  const [customer] = await findPending(1)
  const first = async (list: string, pattern: string, within = 'main') => {
    await page.goto(list)
    const link = page.locator(`${within} a[href^="${pattern}"]`).first()
    return (await link.count()) > 0 ? await link.getAttribute('href') : null
  }
  const as = (username: string | null, places: Record<string, string | null>): Place[] =>
    Object.entries(places).flatMap(([name, path]) => (path ? [{ name, path, username }] : []))
  // One that waits to be signed, so that the signing page has something to show.
  const order =
    (await first('/orders?tab=needs-me', '/orders/O-')) ??
    `/orders/${await prepareFirmLimit(page, 3, '1250000.00')}`
  const instrument = await first('/instruments', '/instruments/0x', 'main table')
  return [
    ...as(null, { 'sign-in': '/sign-in' }),
    ...as('officer', {
      overview: '/',
      transfers: '/transfers',
      transfer: await first('/transfers?outcome=settled', '/transfers/'),
      'transfer-refused': await first('/transfers?outcome=refused', '/transfers/refused/'),
      firms: '/firms',
      firm: '/firms/1',
      customers: '/customers',
      customer: await first('/customers', '/customers/0x'),
      'customer-decide': `/customers/${customer!.identity}/decide`,
      limits: '/limits',
      'limits-history': '/limits/history',
      'limits-propose': '/limits/propose',
      'limits-propose-firm': '/limits/propose?scope=firm&subject=1&window=day',
      measures: '/measures',
      'measures-lapsed': '/measures?tab=lapsed',
      'measure-freeze': `/measures/propose?kind=freeze&identity=${customer!.identity}`,
      'measure-forced': `/measures/propose?kind=forced-transfer&identity=${customer!.identity}`,
      instruments: '/instruments',
      instrument,
      'measure-pause':
        instrument && `/measures/propose?kind=pause&instrument=${instrument.split('/').at(-1)}`,
      'measure-upgrade':
        instrument && `/measures/propose?kind=upgrade&instrument=${instrument.split('/').at(-1)}`,
      'measure-country': `/measures/propose?kind=country&identity=${customer!.identity}`,
      'measure-roles': '/measures/propose?kind=roles',
      'measure-deputy': '/measures/propose?kind=deputy',
      'measure-issuer': '/measures/propose?kind=trusted-issuer',
      trust: '/trust',
      people: '/people',
      orders: '/orders?tab=all',
      order,
      'order-sign': `${order}/sign`,
      reports: '/reports',
      'report-request': '/reports/request',
      integrity: '/integrity',
      search: '/search?q=Northgate',
      account: '/account',
      'not-found': '/nowhere',
    }),
    ...as('supervisor', {
      'supervisor-instruments': '/instruments',
      'supervisor-watch': '/instruments/watch',
    }),
    ...as('northgate-compliance', {
      'firm-side-overview': '/',
      'firm-side-transfers': '/transfers',
      'firm-side-firm': '/firms/1',
      'firm-side-customers': '/customers',
      'firm-side-limits': '/limits',
      'firm-side-measures': '/measures',
      'firm-side-instruments': '/instruments',
      'firm-side-instrument': instrument,
      'firm-side-trust': '/trust',
      'firm-side-orders': '/orders',
      'firm-side-reports': '/reports',
    }),
  ]
}

export const screens = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]
export const themes = ['light', 'dark'] as const
