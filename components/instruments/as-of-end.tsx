import { groupDigits } from '@/lib/format/number'

/** Under a figure of an instrument that was let go: how it stood then, and perhaps no longer. */
export function AsOfEnd({ block }: { block: string | null }) {
  if (block === null) return null
  return <span className="block text-12 text-secondary">as of block {groupDigits(block)}</span>
}
