import 'server-only'
import { env } from '@/lib/env'

const embeddedChainId = 31337

/** Which world this is, for the ribbon. */
export function getEnvironmentName(): 'demonstration' | 'test' | 'live' {
  const { demo, chainId } = env()
  if (demo) return 'demonstration'
  return chainId === embeddedChainId ? 'test' : 'live'
}

/** As wallets are told it. */
export function getChain(): { id: number; name: string } {
  const { chainId } = env()
  return { id: chainId, name: chainId === embeddedChainId ? 'Plimsoll demonstration' : `Chain ${chainId}` }
}
