import type { Page } from '@playwright/test'
import type { Hex } from 'viem'
import { demonstrationAccount } from '@/prisma/seed/acts'
import { broadcast } from './world'

/** A wallet with one fault, announced by EIP-6963 as any extension would be. */
export type Fault = {
  account?: number
  chainId?: number
  declines?: boolean
  /** Gives every transaction so little gas that it fails in its block. */
  starves?: boolean
}

export const OTHER_WALLET = 'Other wallet'

/** To be called before the page is opened. The demonstration's own wallet stays where it is. */
export async function installWallet(page: Page, fault: Fault) {
  const { account = 1, chainId = 31337, declines = false, starves = false } = fault
  if (starves) {
    await page.exposeFunction('sendStarved', ({ to, data }: { to: Hex; data: Hex }) =>
      broadcast(demonstrationAccount(account), { to, data, gas: 60_000n }),
    )
  }
  await page.addInitScript(
    ({ address, chain, declines }) => {
      const fail = (code: number, message: string) =>
        Promise.reject(Object.assign(new Error(message), { code }))
      let allowed = false
      const answers: Record<string, (params?: unknown[]) => Promise<unknown>> = {
        eth_chainId: async () => chain,
        eth_accounts: async () => (allowed ? [address] : []),
        eth_requestAccounts: async () => {
          allowed = true
          return [address]
        },
        wallet_requestPermissions: async () => {
          allowed = true
          return [
            {
              parentCapability: 'eth_accounts',
              caveats: [{ type: 'restrictReturnedAccounts', value: [address] }],
            },
          ]
        },
        wallet_switchEthereumChain: () => fail(4902, 'Unrecognised chain'),
        wallet_addEthereumChain: () => fail(4001, 'User rejected the request.'),
        eth_sendTransaction: (params) => {
          const starved = (window as unknown as { sendStarved?: (call: unknown) => Promise<unknown> })
            .sendStarved
          return declines || !starved ? fail(4001, 'User rejected the request.') : starved(params?.[0])
        },
      }
      const provider = {
        request: ({ method, params }: { method: string; params?: unknown[] }) =>
          answers[method]?.(params) ?? fail(4200, `No ${method}`),
        on() {},
        removeListener() {},
      }
      const info = {
        uuid: '0b6e1c52-7f7d-4f5b-8f60-5d6d0f2a7c11',
        name: 'Other wallet',
        icon: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
        rdns: 'example.other',
      }
      const announce = () =>
        window.dispatchEvent(
          new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider }) }),
        )
      window.addEventListener('eip6963:requestProvider', announce)
      announce()
    },
    {
      address: demonstrationAccount(account).address as Hex,
      chain: `0x${chainId.toString(16)}`,
      declines,
    },
  )
}
