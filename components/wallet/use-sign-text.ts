'use client'

import { stringToHex } from 'viem'
import { useWallet } from './use-wallet'

/**
 * Asks the connected wallet to sign a text (EIP-191), as SIWE does. Rejects as the wallet does; walletTrouble has the
 * words. Use inside WalletProvider and WalletGate.
 */
export function useSignText(): (text: string, account: `0x${string}`) => Promise<`0x${string}`> {
  const { request } = useWallet()
  return async (text, account) =>
    (await request({ method: 'personal_sign', params: [stringToHex(text), account] })) as `0x${string}`
}
