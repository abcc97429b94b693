import {
  accountHref,
  blockHref,
  customerHref,
  firmHref,
  transferHref,
} from '@/components/transfers/transfer-link'
import { checksum } from '@/lib/format/address'
import { groupDigits } from '@/lib/format/number'
import type { Found } from '@/lib/queries/search'

/** Where each kind of thing lives. */
export function hrefOf(found: Found): string {
  switch (found.kind) {
    case 'transfer':
      return transferHref({ kind: found.outcome, block: found.block, index: found.index })
    case 'transaction':
      return `/transfers?tx=${found.hash}`
    case 'block':
      return blockHref(found.block)
    case 'account':
      return accountHref(found.address)
    case 'instrument':
      return `/instruments/${found.address}`
    case 'customer':
      return customerHref(found.identity)
    case 'firm':
      return firmHref(found.id)
    case 'order':
      return `/orders/${found.reference}`
  }
}

export function nameOf(found: Found): string {
  switch (found.kind) {
    case 'transfer':
      return `Transfer in block ${groupDigits(found.block)}`
    case 'transaction':
      return found.hash
    case 'block':
      return groupDigits(found.block)
    case 'account':
      return checksum(found.address)
    case 'instrument':
      return found.symbol
    case 'customer':
      return `${found.reference ?? checksum(found.identity)}, ${found.firm}`
    case 'firm':
      return `${found.name}, LEI ${found.lei}`
    case 'order':
      return found.reference
  }
}

export const kindOf = ({ kind }: Found): string => kind.charAt(0).toUpperCase() + kind.slice(1)
