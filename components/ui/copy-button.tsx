import { Copy } from 'lucide-react'

/** Plain markup; the one listener is in PageBehaviour, so that fifty buttons cost nothing. Hidden without scripts. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  return (
    <button
      type="button"
      data-copy={text}
      aria-label={`Copy ${what} ${text.length > 20 ? `ending ${text.slice(-4)}` : text}`}
      title={`Copy ${what}`}
      className="no-print inline-flex size-6 items-center justify-center rounded-4 text-secondary hover:bg-subtle hover:text-ink"
    >
      <Copy aria-hidden="true" className="size-3.5" />
    </button>
  )
}
