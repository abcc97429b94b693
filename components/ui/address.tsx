import type { ReactNode } from 'react'
import { checksum, shortAddress } from '@/lib/format/address'
import { CopyButton } from './copy-button'
import { Link } from './link'

/** A whole address in a monospaced face: small enough on a narrow screen to stand on one line with its copy button. */
export const wholeAddress =
  'font-mono text-12 max-sm:tracking-[-0.02em] sm:text-[0.8125rem] [overflow-wrap:anywhere]'

/** Whole and alone, where an order is read before it is signed. */
export const WholeAddress = ({ address }: { address: string }) => (
  <span data-address={address.toLowerCase()} className={wholeAddress}>
    {checksum(address)}
  </span>
)

type Props = {
  address: string
  /** Who that is, before what it is: firm, then customer. */
  label?: ReactNode
  href?: string
  /** 'short' in tables, 'full' on detail and signing pages. */
  size?: 'short' | 'full'
  copy?: boolean
}

/** Label first, checksum address second. Hover or focus lights every same address of the page (AddressBehaviour). */
export function Address({ address, label, href, size = 'short', copy = size === 'full' }: Props) {
  const full = checksum(address)
  const text = size === 'full' ? full : shortAddress(address)
  const digits = (
    <span
      data-address={address.toLowerCase()}
      title={size === 'short' ? full : undefined}
      className={size === 'full' ? wholeAddress : 'font-mono text-12 whitespace-nowrap'}
    >
      {text}
    </span>
  )
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-x-1 sm:gap-x-2">
      {label && <span>{label}</span>}
      {href ? (
        <Link href={href} quiet={size === 'short'} className="inline-flex min-h-6 items-center">
          {digits}
        </Link>
      ) : (
        <span className={size === 'short' ? 'text-secondary' : undefined}>{digits}</span>
      )}
      {copy && <CopyButton text={full} what="address" />}
    </span>
  )
}
