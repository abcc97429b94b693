import type { Address } from 'viem'
import type { Deployment } from '../chain/deployment'
import type { InstrumentRow } from '../db/ledger/instrument'

/** Which contracts the projections are made of. Any ERC-20 can be an instrument; the rest is ours or absent. */
export type Watch = {
  instruments: ReadonlyMap<Address, WatchedInstrument>
  registry: Address | null
  policy: Address | null
  roles: Address | null
  orders: Address | null
  anchor: Address | null
}

/**
 * `partial`: its first movements lie before what is indexed, so that balances and supply cannot be derived. `endBlock`:
 * the last block of which anything of it is read, where somebody let it go.
 */
export type WatchedInstrument = InstrumentRow & { history: 'full' | 'partial'; endBlock?: bigint | null }

export function watchOf(deployment: Deployment): Watch {
  const instruments = deployment.instruments.map(
    (instrument): WatchedInstrument => ({
      address: lower(instrument.address),
      symbol: instrument.symbol,
      name: instrument.name,
      decimals: instrument.decimals,
      standard: instrument.standard,
      startBlock: BigInt(instrument.startBlock ?? deployment.startBlock),
      history: instrument.history ?? 'full',
    }),
  )
  return {
    instruments: new Map(instruments.map((instrument) => [instrument.address, instrument])),
    registry: lower(deployment.registry),
    policy: lower(deployment.policy),
    roles: lower(deployment.roles),
    orders: lower(deployment.orders),
    anchor: lower(deployment.anchor),
  }
}

/** Instruments of our own contracts: only they say more than Transfer. */
export const ownInstruments = ({ instruments }: Watch): Address[] =>
  [...instruments.values()].filter(({ standard }) => standard === 'plimsoll').map(({ address }) => address)

/** The same with instruments that somebody asked to have watched. One that the deployment names is as it says. */
export function watchWith(watch: Watch, added: readonly WatchedInstrument[]): Watch {
  const further = added.map((instrument) => [instrument.address, instrument] as const)
  return { ...watch, instruments: new Map([...further, ...watch.instruments]) }
}

/** The same without those that were let go: the chain goes on, and what the ledger says of them does not. */
export function stillFollowed(watch: Watch): Watch {
  const followed = [...watch.instruments].filter(([, { endBlock }]) => endBlock == null)
  return { ...watch, instruments: new Map(followed) }
}

export const lower = (address: Address): Address => address.toLowerCase() as Address
