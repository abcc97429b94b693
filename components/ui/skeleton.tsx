/** Blocks of the height that is to come, so that nothing jumps; they appear only after 300 ms (globals.css). */
export function Skeleton({ label, rows = 10 }: { label: string; rows?: number }) {
  const keys = Array.from({ length: rows }, (_, index) => index)
  return (
    <div role="status" className="skeleton">
      <span className="sr-only">{label}</span>
      <div aria-hidden="true" className="mt-5 h-10 w-60 rounded-4 bg-subtle" />
      <div aria-hidden="true" className="mt-2 mb-5 h-5 w-90 max-w-full rounded-4 bg-subtle" />
      <div aria-hidden="true" className="rounded-4 border border-hairline bg-surface">
        {keys.map((key) => (
          <div key={key} className="flex h-13 items-center border-b border-hairline px-4 last:border-b-0">
            <div className="h-3 w-full rounded-2 bg-subtle" />
          </div>
        ))}
      </div>
    </div>
  )
}
