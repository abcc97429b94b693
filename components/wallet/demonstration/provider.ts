import { getAddress, type Hex, hexToBigInt, keccak256, numberToHex, type TypedDataDefinition } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { request as askChain } from '../rpc'
import { chooseAccount, confirm } from './prompt'

/**
 * A wallet for the embedded chain alone: it signs in the browser with the keys that every development node has, which
 * are published and worth nothing. It asks before it signs, like a real one, so that declining can be seen too.
 */

const mnemonic = 'test test test test test test test test test test test junk'
const accounts = Array.from({ length: 10 }, (_, addressIndex) =>
  mnemonicToAccount(mnemonic, { addressIndex }),
)
const remembered = 'plimsoll-demonstration-wallet'

class ProviderError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message)
  }
}
const declined = () => new ProviderError(4001, 'The request was declined.')

type Call = { method: string; params?: unknown }
type Listener = (value: unknown) => void

export function createDemonstrationProvider(chainId: number) {
  const listeners = new Map<string, Set<Listener>>()
  const emit = (event: string, value: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(value)
  }
  const current = () => accounts.find(({ address }) => address === sessionStorage.getItem(remembered))
  const list = () => [current()?.address].filter((address) => address !== undefined)

  async function connect() {
    const index = await chooseAccount(accounts.map(({ address }) => address))
    if (index === undefined) throw declined()
    sessionStorage.setItem(remembered, accounts[index]!.address)
    emit('accountsChanged', list())
    return list()
  }

  function accountFor(address: unknown) {
    const account = current()
    if (!account || account.address.toLowerCase() !== String(address).toLowerCase()) {
      throw new ProviderError(4100, 'This account is not connected.')
    }
    return account
  }

  async function signTypedData([address, json]: [string, string]) {
    const account = accountFor(address)
    const typed = JSON.parse(json) as TypedDataDefinition & { domain: { chainId?: number | string } }
    if (Number(typed.domain.chainId) !== chainId)
      throw new ProviderError(4901, 'The data is for another chain.')
    if (!(await confirm('Sign typed data', account.address, JSON.stringify(typed, undefined, 2))))
      throw declined()
    return account.signTypedData(typed)
  }

  async function signText([text, address]: [Hex, string]) {
    const account = accountFor(address)
    const shown = new TextDecoder().decode(
      Uint8Array.from(text.slice(2).match(/../g) ?? [], (byte) => Number(`0x${byte}`)),
    )
    if (!(await confirm('Sign a text', account.address, shown))) throw declined()
    return account.signMessage({ message: { raw: text } })
  }

  async function sendTransaction([transaction]: [
    { from: string; to: Hex; data: Hex; value?: Hex; chainId?: Hex },
  ]) {
    const account = accountFor(transaction.from)
    if (transaction.chainId !== undefined && Number(transaction.chainId) !== chainId) {
      throw new ProviderError(4901, 'The transaction is for another chain.')
    }
    const { to, data } = transaction
    const value = transaction.value ?? '0x0'
    const shown = `chain  ${chainId}\nto     ${getAddress(to)}\nvalue  ${BigInt(value)}\nhash of the data\n${keccak256(data)}\ndata\n${data}`
    if (!(await confirm('Send a transaction', account.address, shown))) throw declined()
    const call = { from: account.address, to, data, value }
    const [nonce, block, gas] = (await Promise.all([
      askChain({ method: 'eth_getTransactionCount', params: [account.address, 'pending'] }),
      askChain({ method: 'eth_getBlockByNumber', params: ['latest', false] }),
      // A call that would revert is sent all the same if the person insists: the node then says why in a receipt.
      askChain({ method: 'eth_estimateGas', params: [call] }).catch(() => numberToHex(1_500_000)),
    ])) as [Hex, { baseFeePerGas?: Hex }, Hex]
    const signed = await account.signTransaction({
      type: 'eip1559',
      chainId,
      nonce: Number(nonce),
      to,
      data,
      value: hexToBigInt(value),
      gas: (hexToBigInt(gas) * 13n) / 10n,
      maxFeePerGas: hexToBigInt(block.baseFeePerGas ?? '0x0') * 2n,
      maxPriorityFeePerGas: 0n,
    })
    return askChain({ method: 'eth_sendRawTransaction', params: [signed] })
  }

  async function request({ method, params }: Call): Promise<unknown> {
    switch (method) {
      case 'eth_chainId':
        return numberToHex(chainId)
      case 'eth_accounts':
        return list()
      case 'eth_requestAccounts':
        return list().length > 0 ? list() : connect()
      case 'wallet_requestPermissions':
        await connect()
        return [
          {
            parentCapability: 'eth_accounts',
            caveats: [{ type: 'restrictReturnedAccounts', value: list() }],
          },
        ]
      case 'wallet_revokePermissions':
        sessionStorage.removeItem(remembered)
        emit('accountsChanged', [])
        return null
      case 'wallet_switchEthereumChain': {
        const [{ chainId: wanted }] = params as [{ chainId: Hex }]
        if (Number(wanted) !== chainId)
          throw new ProviderError(4902, 'This wallet knows the embedded chain alone.')
        return null
      }
      case 'personal_sign':
        return signText(params as [Hex, string])
      case 'eth_signTypedData_v4':
        return signTypedData(params as [string, string])
      case 'eth_sendTransaction':
        return sendTransaction(params as [{ from: string; to: Hex; data: Hex }])
      default:
        return askChain({ method, params })
    }
  }

  return {
    request,
    on(event: string, listener: Listener) {
      const known = listeners.get(event) ?? new Set()
      listeners.set(event, known.add(listener))
    },
    removeListener(event: string, listener: Listener) {
      listeners.get(event)?.delete(listener)
    },
  }
}
