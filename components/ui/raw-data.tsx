import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

type Props = { summary?: string; children: ReactNode; open?: boolean }

/** What the machine saw, last on the page and closed, since plain words come first. */
export function RawData({ summary = 'Raw data', children, open = false }: Props) {
  return (
    <details
      suppressHydrationWarning
      open={open}
      className="group rounded-4 border border-hairline bg-surface"
    >
      <summary className="flex min-h-10 items-center gap-2 px-4 font-medium">
        <ChevronRight aria-hidden="true" className="size-4 text-secondary group-open:rotate-90" />
        {summary}
      </summary>
      <div className="border-t border-hairline px-4 py-3">{children}</div>
    </details>
  )
}

/** Text as it is, in a box that breaks lines rather than hiding what is to the right. */
export function Raw({ children }: { children: string }) {
  return (
    <pre className="max-h-100 overflow-auto rounded-4 bg-canvas p-3 font-mono text-12 leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
      {children}
    </pre>
  )
}
