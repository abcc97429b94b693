import 'server-only'
import { may, type Officer } from '@/lib/auth/officer'
import { listFirmHoldings } from '@/lib/db/balance'
import { type Tx, withSnapshot } from '@/lib/db/client'
import { findFirm } from '@/lib/db/firm'
import { listFirmCounts } from '@/lib/db/firm-count'
import { countIdentities } from '@/lib/db/identity'
import { listInstruments } from '@/lib/db/instrument'
import { listOrdersConcerning } from '@/lib/db/order-concerning'
import { listEnds } from '@/lib/db/watched-instrument'
import { env } from '@/lib/env'
import { accept, type Result, refuse } from '@/lib/errors/refusal'
import { mostCounted } from '@/lib/format/number'
import { type AsOf, getChainPlace } from './as-of'
import { type ConcerningRow, concerningRows } from './concerning'
import { firmLimits } from './firms'
import { firmLedgers, type Ledgers } from './ledgers'
import type { LimitLine } from './limit-line'
import { refusePage } from './refuse-page'
import { expiringDays } from './standing'
import { recentTransfers, type TransferRow } from './transfer-row'

export type FirmPage = {
  asOf: AsOf
  id: number
  name: string
  lei: string
  /** Block of registration. */
  since: string
  /** `expiring` and `expired` are counted up to `mostCounted`. */
  customers: { all: number; verified: number; expiring: number; expired: number }
  /** Transfers refused in the last 24 hours. */
  refused: number
  /** One transfer, 24 hours, 30 days. */
  limits: LimitLine[]
  /** The firm on each ledger, where there are several. */
  ledgers: Ledgers | null
  holdings: {
    instrument: string
    symbol: string
    name: string
    decimals: number
    amount: string
    holders: number
    /** The block as of which this stands, of an instrument that was let go. */
    watchedUntil: string | null
  }[]
  transfers: TransferRow[]
  refusals: TransferRow[]
  orders: ConcerningRow[]
  mayPropose: boolean
}

const noSuchFirm = refuse('not-found', 'There is no such firm in your view of the ledger.').refusal

/** @param id as the address of the page has it; anything but a firm that the officer may see is not found. */
export async function getFirmPage(officer: Officer, id: string): Promise<Result<FirmPage>> {
  const number = /^[1-9]\d{0,8}$/.test(id) ? Number(id) : 0
  const isOthers = officer.firmId !== null && officer.firmId !== number
  const page = may(officer, 'read:ledger') && !isOthers && number > 0 && (await readFirm(officer, number))
  return page ? accept(page) : refusePage(officer, `firm ${id}`, noSuchFirm)
}

const readFirm = (officer: Officer, id: number): Promise<FirmPage | undefined> =>
  withSnapshot(officer, async (tx) => {
    const { chainId } = env()
    const firm = await findFirm(tx, chainId, id)
    if (!firm) return undefined
    const { asOf, finalBlock } = await getChainPlace(tx)
    const timeline = { chainId, ownFirm: officer.firmId, firms: [id], finalBlock }
    return {
      asOf,
      id: firm.id,
      name: firm.name,
      lei: firm.lei,
      since: firm.blockNumber.toString(),
      ...(await countsOf(tx, id, new Date(asOf.time))),
      limits: await firmLimits(tx, id, chainId),
      ledgers: await firmLedgers(tx, id),
      holdings: await holdingsOf(tx, id),
      ...(await recentTransfers(tx, timeline)),
      orders: concerningRows(await listOrdersConcerning(tx, chainId, id, null, 6), new Date(asOf.time)),
      mayPropose: may(officer, 'propose:limit'),
    }
  })

async function countsOf(tx: Tx, firmId: number, now: Date): Promise<Pick<FirmPage, 'customers' | 'refused'>> {
  const { chainId } = env()
  const [counts] = await listFirmCounts(tx, chainId, [firmId], now, new Date(now.getTime() - 86_400_000))
  const until = new Date(now.getTime() + expiringDays * 86_400_000)
  return {
    customers: {
      all: counts?.customers ?? 0,
      verified: counts?.verified ?? 0,
      expiring: await countIdentities(tx, { chainId, firmId, now, standing: 'expiring', until }, mostCounted),
      expired: await countIdentities(tx, { chainId, firmId, now, standing: 'expired' }, mostCounted),
    },
    refused: counts?.refused ?? 0,
  }
}

async function holdingsOf(tx: Tx, firmId: number): Promise<FirmPage['holdings']> {
  const { chainId } = env()
  const instruments = await listInstruments(tx, chainId)
  const holdings = await listFirmHoldings(tx, chainId, firmId)
  const ends = await listEnds(tx, chainId)
  return instruments.map(({ address, symbol, name, decimals }) => {
    const held = holdings.find((one) => one.instrument === address)
    return {
      instrument: address,
      symbol,
      name,
      decimals,
      amount: (held?.amount ?? 0n).toString(),
      holders: held?.holders ?? 0,
      watchedUntil: ends.get(address)?.toString() ?? null,
    }
  })
}
