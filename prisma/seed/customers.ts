import { type Address, type Hex, keccak256, toHex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { firms } from './firms'
import { randomStream } from './random'

export type Customer = {
  /** C-10001 and up. */
  reference: string
  name: string
  firm: number
  identity: Address
  country: number
  /** One or two accounts with their keys; the keys exist on the embedded chain only. */
  accounts: { address: Address; key: Hex }[]
}

const countries = [826, 826, 826, 276, 250, 528, 372, 756, 840, 702, 616, 203]
const forms = ['Corporation', 'Partnership', 'Sole Proprietorship', 'Corporation']

const account = (seed: string, name: string) => {
  const key = keccak256(toHex(`plimsoll-demonstration:${seed}:${name}`))
  return { key, address: privateKeyToAddress(key).toLowerCase() as Address }
}

/** The customer behind one account of the data set. Two in twelve firms are large, so that lists look like a market. */
export function makeCustomer(seed: string, index: number, sourceId: string, name?: string): Customer {
  const random = randomStream(`${seed}:customer:${sourceId}`)
  const firm = random.next() < 0.3 ? random.between(1, 2) : random.between(1, firms.length)
  const form = random.pick(forms)
  return {
    reference: `C-${10_001 + index}`,
    name: name ?? `${form} #${random.between(10_000, 60_000)}`,
    firm,
    identity: keccak256(toHex(`plimsoll-identity:${seed}:${sourceId}`)).slice(0, 42) as Address,
    country: random.pick(countries),
    accounts: [account(seed, sourceId)],
  }
}

/** A second wallet of the same customer. */
export const addAccount = (seed: string, customer: Customer) => {
  if (customer.accounts.length === 1) customer.accounts.push(account(seed, `${customer.reference}:second`))
}
