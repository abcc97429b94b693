/** What a wallet or its absence says, in words for the person. Declining is a decision and not an error. */

export type WalletTrouble = {
  kind: 'declined' | 'locked' | 'wrong-chain' | 'failed'
  title: string
  text: string
}

/** Codes of EIP-1193 and EIP-1474. Wallets wrap each other's errors, so the causes are looked at too. */
export function walletTrouble(error: unknown): WalletTrouble {
  const codes = codesOf(error)
  if (codes.includes(4001)) {
    return {
      kind: 'declined',
      title: 'You declined in your wallet',
      text: 'Nothing was signed and nothing was sent. The order stays as it was.',
    }
  }
  if (codes.includes(-32002)) {
    return {
      kind: 'locked',
      title: 'Your wallet is waiting for you',
      text: 'It has an open request or is locked. Open it, unlock it, and finish what it asks.',
    }
  }
  if (codes.includes(4100)) {
    return {
      kind: 'locked',
      title: 'The wallet did not allow this',
      text: 'It is locked, or this page may not use the account. Unlock it and connect again.',
    }
  }
  if (codes.includes(4902) || codes.includes(4901)) {
    return {
      kind: 'wrong-chain',
      title: 'Your wallet does not know this chain',
      text: 'Add the chain to the wallet, then switch to it. Nothing was sent.',
    }
  }
  return {
    kind: 'failed',
    title: 'The wallet could not do this',
    text: `It answered: ${messageOf(error)} Nothing more is known; look into the wallet before trying again.`,
  }
}

function codesOf(error: unknown): number[] {
  const codes: number[] = []
  let current = error as
    | { code?: unknown; cause?: unknown; data?: { originalError?: { code?: unknown } } }
    | undefined
  for (let depth = 0; current && typeof current === 'object' && depth < 6; depth++) {
    if (typeof current.code === 'number') codes.push(current.code)
    const original = current.data?.originalError?.code
    if (typeof original === 'number') codes.push(original)
    current = current.cause as typeof current
  }
  return codes
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : (error as { message?: unknown })?.message
  const first = String(message ?? 'nothing')
    .split('\n')[0]!
    .slice(0, 200)
  return first.endsWith('.') ? first : `${first}.`
}
