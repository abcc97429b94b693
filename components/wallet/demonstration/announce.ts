import { createDemonstrationProvider } from './provider'

const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#14438A" stroke-width="2"><rect width="24" height="24" fill="#fff" stroke="none"/><circle cx="12" cy="12" r="8"/><path d="M1 12h22"/></svg>',
)}`

/** Announces the demonstration wallet as EIP-6963 wants any wallet to. @returns how to stop answering. */
export function announceDemonstrationWallet(chainId: number): () => void {
  const info = {
    uuid: '6f1d1a52-6f0e-4f0c-9d57-7c2f6c0b31a5',
    name: 'Demonstration wallet',
    icon,
    rdns: 'demonstration.plimsoll',
  }
  const detail = Object.freeze({ info, provider: createDemonstrationProvider(chainId) })
  const announce = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }))
  window.addEventListener('eip6963:requestProvider', announce)
  announce()
  return () => window.removeEventListener('eip6963:requestProvider', announce)
}
