'use client'

import { useEffect, useRef } from 'react'

/** On paper, where this page is. As at when it was read stands under its heading. */
export function PrintLine() {
  const line = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    // Straight into the document: the browser prints before another render would.
    const write = () => {
      if (line.current) line.current.textContent = `${location.href} · printed ${new Date().toISOString()}`
    }
    write()
    addEventListener('beforeprint', write)
    return () => removeEventListener('beforeprint', write)
  }, [])
  return (
    <p ref={line} className="hidden text-12 [overflow-wrap:anywhere] print:block" suppressHydrationWarning />
  )
}
