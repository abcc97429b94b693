'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'
import { signOrderAction, submitOrderAction } from '@/app/(portal)/orders/actions'
import type { ChainChecks } from '@/components/wallet/order-checks'
import type { Wallet } from '@/components/wallet/use-wallet'
import { walletTrouble } from '@/components/wallet/wallet-words'
import type { SigningPage } from '@/lib/queries/signing'

export type Outcome = { status: 'info' | 'warning' | 'closed'; title: string; text?: string }

const triesToFind = 15

/** Asks the wallet for exactly the checked bytes and hands what it gives to the server, which believes none of it. */
export function useSigning(
  page: SigningPage,
  wallet: Wallet,
  account: string,
  ask: () => Promise<ChainChecks | undefined>,
) {
  const router = useRouter()
  const [isPending, setPending] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>()
  const { reference, act, payload } = page
  const kept = `plimsoll-sent:${reference}:${act}`

  /** A node may hear of a transaction seconds after the wallet sent it. */
  const submit = useCallback(
    async (txHash: string) => {
      for (let attempt = 1; act !== 'propose'; attempt++) {
        const result = await submitOrderAction({ reference, act, txHash })
        if (result.ok || result.refusal.code === 'replayed') break
        if (result.refusal.code !== 'transaction-unknown' || attempt === triesToFind) {
          const retry =
            result.refusal.code === 'transaction-unknown' || result.refusal.code === 'chain-unreachable'
          if (!retry) sessionStorage.removeItem(kept)
          return setOutcome({
            status: 'warning',
            title: result.refusal.message,
            text: `Transaction ${txHash}`,
          })
        }
        await new Promise((resolve) => setTimeout(resolve, 1_000))
      }
      sessionStorage.removeItem(kept)
      router.refresh()
    },
    [act, kept, reference, router],
  )

  // What was sent before a reload or a lost connection is handed in now.
  useEffect(() => {
    const txHash = sessionStorage.getItem(kept)
    if (txHash) void submit(txHash)
  }, [kept, submit])

  const sign = async () => {
    if (!payload) return
    setPending(true)
    setOutcome(undefined)
    try {
      const checks = await ask()
      if (!checks?.codeKnown) return setOutcome(silent)
      if ('typedData' in payload) {
        const params = [account, payload.typedData]
        const signature = String(await wallet.request({ method: 'eth_signTypedData_v4', params }))
        const result = await signOrderAction({ reference, signature })
        if (!result.ok) return setOutcome({ status: 'warning', title: result.refusal.message })
        return router.refresh()
      }
      const chainId = `0x${page.claims.chainId.toString(16)}`
      const transaction = { from: account, to: payload.to, data: payload.data, value: '0x0', chainId }
      const txHash = String(await wallet.request({ method: 'eth_sendTransaction', params: [transaction] }))
      sessionStorage.setItem(kept, txHash)
      await submit(txHash)
    } catch (error) {
      const { kind, title, text } = walletTrouble(error)
      setOutcome({ status: kind === 'declined' ? 'closed' : 'warning', title, text })
    } finally {
      setPending(false)
    }
  }
  return { sign, isPending, outcome }
}

const silent: Outcome = {
  status: 'warning',
  title: 'The chain does not answer, so nothing can be checked',
  text: 'Your wallet was not asked. Try again in a moment.',
}
