import {
  type Abi,
  type Account,
  type Address,
  type Chain,
  type ContractConstructorArgs,
  type ContractFunctionName,
  type EncodeFunctionDataParameters,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  type PublicClient,
  type Transport,
  type WalletClient,
} from 'viem'

export type Sender = Awaited<ReturnType<typeof openSender>>

/** Sends one transaction at a time and waits for each. A revert is thrown: viem only notes it in the receipt. */
export async function openSender({
  walletClient,
  publicClient,
}: {
  walletClient: WalletClient<Transport, Chain | undefined, Account>
  publicClient: PublicClient
}) {
  // On a chain without fees nodes suggest a tip all the same, which is then above the cap.
  const { baseFeePerGas } = await publicClient.getBlock()
  const fees = baseFeePerGas === 0n ? { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n } : {}

  async function transact(to: Address | undefined, data: Hex) {
    const { account, chain } = walletClient
    const hash = await walletClient.sendTransaction({ account, chain, to, data, ...fees })
    const receipt = await publicClient.waitForTransactionReceipt({ hash })
    if (receipt.status !== 'success') throw new Error(`Deployment stopped: transaction ${hash} reverted.`)
    return receipt
  }

  return {
    async deploy<const TAbi extends Abi>(abi: TAbi, bytecode: Hex, args: ContractConstructorArgs<TAbi>) {
      const data = encodeDeployData({ abi: abi as Abi, bytecode, args: args as unknown[] })
      const { contractAddress } = await transact(undefined, data)
      if (!contractAddress) throw new Error('Deployment stopped: a transaction created no contract.')
      return contractAddress
    },
    async call<const TAbi extends Abi, TName extends ContractFunctionName<TAbi>>(
      to: Address,
      call: EncodeFunctionDataParameters<TAbi, TName>,
    ) {
      await transact(to, encodeFunctionData(call))
    },
  }
}
