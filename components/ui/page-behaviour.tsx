'use client'

import { useEffect, useState } from 'react'

const lit = 'data-lit'

function light(address: string | undefined) {
  for (const element of document.querySelectorAll(`[${lit}]`)) element.removeAttribute(lit)
  if (!address || !/^0x[0-9a-f]{40}$/.test(address)) return
  for (const element of document.querySelectorAll(`[data-address="${address}"]`))
    element.setAttribute(lit, '')
}

function addressAt(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined
  // A focused link contains the address; a hovered one may be the address itself.
  const element = target.closest('[data-address]') ?? target.querySelector(':scope > [data-address]')
  return element?.getAttribute('data-address') ?? undefined
}

/** Two gestures for the whole document: the same address lights up everywhere, and copy buttons copy. */
export function PageBehaviour() {
  const [said, setSaid] = useState('')
  useEffect(() => {
    const onPoint = (event: Event) => light(addressAt(event.target))
    const onClick = (event: Event) => {
      const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null
      const text = button?.getAttribute('data-copy')
      if (!text) return
      navigator.clipboard.writeText(text).then(
        () => setSaid('Copied'),
        () => setSaid('The browser did not allow copying. Select the text instead.'),
      )
    }
    document.addEventListener('pointerover', onPoint)
    document.addEventListener('focusin', onPoint)
    document.addEventListener('click', onClick)
    return () => {
      document.removeEventListener('pointerover', onPoint)
      document.removeEventListener('focusin', onPoint)
      document.removeEventListener('click', onClick)
    }
  }, [])
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(''), 2_000)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <div
      role="status"
      className="no-print pointer-events-none fixed inset-x-0 bottom-4 z-50 flex justify-center"
    >
      {said && <span className="rounded-4 bg-ink px-3 py-2 text-14 text-surface">{said}</span>}
    </div>
  )
}
