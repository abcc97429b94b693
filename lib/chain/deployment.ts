import type { Address, Hex } from 'viem'
import type { Standard } from './adapters/all'

/** Where a ledger lives on its chain, as `deployLedger` returns it and as the local set-up keeps it in a file. */
export type Deployment = {
  chainId: number
  /** The block of the first deployment, as a decimal string in a file: no event of the ledger is older. */
  startBlock: string | number
  roles: Address
  registry: Address
  policy: Address
  orders: Address
  /** keccak256 of the code at `orders` as it was deployed; who signs is shown that it is still the same. */
  ordersCodeHash: Hex
  anchor: Address
  /** The code that our instruments ran when they were founded; each may since have been upgraded. */
  implementation?: Address
  instruments: DeployedInstrument[]
  /** Of a QBFT chain: validators from a block on, where headers name none or a change had no vote (decision 015). */
  validators?: { fromBlock: string | number; addresses: Address[] }[]
}

export type DeployedInstrument = {
  address: Address
  /** None for a plain ERC-20 that is only watched. */
  compliance?: Address
  /** What that compliance asks, in its order, as it was founded. */
  modules?: DeployedModule[]
  symbol: string
  name: string
  decimals: number
  standard: Standard
  /** Where its history begins; the deployment's start block if not said. */
  startBlock?: string | number
  /** `partial`: it moved before that, so its balances cannot be derived from what is indexed. Default `full`. */
  history?: 'full' | 'partial'
}

export type ModuleKind =
  | 'limits'
  | 'countries-allowed'
  | 'countries-restricted'
  | 'supply-cap'
  | 'holder-cap'
  | 'preapproval'

export type DeployedModule = { kind: ModuleKind; address: Address }
