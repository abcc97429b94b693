import { formatAmount } from '@/lib/format/amount'

type Props = {
  /** Units as a bigint or the decimal string of the wire; never a number. */
  value: bigint | string
  decimals: number
  /** Written after the figure; leave out where the column or header names it. */
  unit?: string
}

export function Amount({ value, decimals, unit }: Props) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      {formatAmount(value, decimals)}
      {unit && <span className="text-secondary"> {unit}</span>}
    </span>
  )
}
