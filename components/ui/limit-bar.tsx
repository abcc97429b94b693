import clsx from 'clsx'
import { formatAmount } from '@/lib/format/amount'
import { Chip, type Status } from './chip'
import { wholeShare } from './share'

/** 'close' from 80 %, 'at-line' from 95 %, 'full' from 100 % (lib/compliance/limits). */
export type Closeness = 'unlimited' | 'within' | 'close' | 'at-line' | 'full'

const fills: Record<Closeness, string> = {
  unlimited: 'fill-bar',
  within: 'fill-bar',
  close: 'fill-bar-warning',
  'at-line': 'fill-bar-warning',
  full: 'fill-bar-breach',
}

const words: Record<Closeness, { status: Status; word: string }> = {
  unlimited: { status: 'closed', word: 'No limit' },
  within: { status: 'compliant', word: 'Within' },
  close: { status: 'warning', word: 'Close' },
  'at-line': { status: 'warning', word: 'At the line' },
  full: { status: 'breach', word: 'Used up' },
}

export function ClosenessChip({ closeness }: { closeness: Closeness }) {
  const { status, word } = words[closeness]
  return <Chip status={status}>{word}</Chip>
}

type BarProps = {
  /** What is measured: 'Daily limit of Northgate Bank'. */
  label: string
  /** Used share in basis points; may pass 10,000 when a limit was lowered under its use. */
  share: number
  /** Share that prepared orders or pending transfers hold, in basis points. */
  reserved?: number
  closeness: Closeness
  /** '2,425,000.00 of 2,500,000.00 USD used': read in place of the percentage. */
  text: string
}

/** The bar alone, with lines at 80, 95 and 100 %. Drawn as SVG: our content policy allows no style attributes. */
export function LimitBar({ label, share, reserved = 0, closeness, text }: BarProps) {
  const used = Math.min(share, 10_000) / 100
  const held = Math.min(reserved / 100, 100 - used)
  return (
    <div className="relative min-w-28">
      <meter
        aria-label={label}
        aria-valuetext={`${text}, ${wholeShare(share)}`}
        min={0}
        max={100}
        low={80}
        high={95}
        value={Math.min(100, Math.floor(share / 100))}
        className="sr-only"
      />
      <svg aria-hidden="true" width="100%" height="14" className="block overflow-visible">
        <rect x="0" y="3" width="100%" height="8" rx="2" className="fill-subtle" />
        {used > 0 && <rect x="0" y="3" width={`${used}%`} height="8" rx="2" className={fills[closeness]} />}
        {held > 0 && (
          <rect x={`${used}%`} y="3" width={`${held}%`} height="8" className="fill-pending opacity-50" />
        )}
        <line x1="80%" x2="80%" y1="0" y2="14" className="stroke-control" />
        <line x1="95%" x2="95%" y1="0" y2="14" className="stroke-control" />
        <line
          x1="100%"
          x2="100%"
          y1="0"
          y2="14"
          className={clsx(closeness === 'full' ? 'stroke-bar-breach' : 'stroke-ink')}
          strokeWidth="1.5"
        />
      </svg>
    </div>
  )
}

type FiguresProps = {
  label: string
  /** Units of `decimals`; decimal strings of the wire. */
  used: string
  reserved?: string
  limit: string
  headroom: string
  decimals?: number
  unit: string
  share: number
  reservedShare?: number
  closeness: Closeness
  /** '14:00 UTC' or 'in 3 h': when headroom next grows by itself. */
  resets?: string
}

/** Bar and numbers together, for detail pages: used, reserved, headroom, limit. */
export function LimitFigures(props: FiguresProps) {
  const { label, used, limit, unit, decimals = 2, closeness } = props
  const amount = (value: string) => formatAmount(value, decimals)
  const text =
    closeness === 'unlimited'
      ? `${amount(used)} ${unit} used, no limit`
      : `${amount(used)} of ${amount(limit)} ${unit} used`
  const figures = [
    { term: 'Used', value: amount(used) },
    ...(props.reserved && props.reserved !== '0'
      ? [{ term: 'Reserved', value: amount(props.reserved) }]
      : []),
    { term: 'Headroom', value: closeness === 'unlimited' ? 'No limit' : amount(props.headroom) },
    { term: 'Limit', value: closeness === 'unlimited' ? 'None set' : amount(limit) },
  ]
  return (
    <div>
      <div className="mb-1.5 flex flex-wrap items-baseline justify-between gap-2">
        <span className="font-medium">{label}</span>
        <ClosenessChip closeness={closeness} />
      </div>
      {closeness !== 'unlimited' && (
        <LimitBar
          label={label}
          share={props.share}
          reserved={props.reservedShare}
          closeness={closeness}
          text={text}
        />
      )}
      <dl className="mt-1.5 flex flex-wrap gap-x-6 gap-y-1 text-12">
        {figures.map(({ term, value }) => (
          <div key={term} className="flex gap-1.5">
            <dt className="text-secondary">{term}</dt>
            <dd className="tabular-nums">
              {value} <span className="sr-only">{unit}</span>
            </dd>
          </div>
        ))}
        {props.resets && (
          <div className="flex gap-1.5">
            <dt className="text-secondary">Headroom grows</dt>
            <dd>{props.resets}</dd>
          </div>
        )}
      </dl>
    </div>
  )
}
