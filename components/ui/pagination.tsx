import type { ReactNode } from 'react'
import { ButtonLink, buttonLook } from './button'

type Props = {
  /** Addresses of the neighbouring keyset pages; undefined where there is none. */
  newer?: string
  older?: string
  note?: ReactNode
  words?: { newer: string; older: string }
}

export function Pagination({ newer, older, note, words = { newer: 'Newer', older: 'Older' } }: Props) {
  if (!newer && !older && !note) return null
  return (
    <nav aria-label="Pages" className="no-print mt-3 flex flex-wrap items-center gap-2">
      <Step href={newer}>{words.newer}</Step>
      <Step href={older}>{words.older}</Step>
      {note && <span className="text-secondary">{note}</span>}
    </nav>
  )
}

function Step({ href, children }: { href?: string; children: string }) {
  if (href) return <ButtonLink href={href}>{children}</ButtonLink>
  return (
    <span aria-disabled="true" className={buttonLook()}>
      {children}
    </span>
  )
}
