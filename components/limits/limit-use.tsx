import { formatReference } from '@/lib/format/reference'
import type { LimitLine } from '@/lib/queries/limit-line'
import { LimitBar } from '../ui/limit-bar'

/** The bar of a limit for a table cell; words where none is set. */
export function LimitUse({ line, label }: { line: LimitLine; label: string }) {
  if (line.limit === null) return <span className="text-secondary">No limit set</span>
  return (
    <LimitBar
      label={label}
      share={line.share}
      closeness={line.closeness}
      text={`${formatReference(line.used)} of ${formatReference(line.limit)} used`}
    />
  )
}
