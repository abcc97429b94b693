'use client'

import { Button, ButtonLink } from '../ui/button'
import { Notice } from '../ui/notice'

/** What happened, a number to quote, retry, and what still works. The cause is in the log under that number. */
export function FaultNotice({ digest, onRetry }: { digest?: string; onRetry: () => void }) {
  return (
    <div className="max-w-160 py-8">
      <h1 className="mb-4 text-24 font-semibold">This page could not be shown</h1>
      <Notice status="warning" title="Something went wrong on our side" live="assertive">
        <p>
          Nothing you did was lost or sent twice. The other pages still work.
          {digest && (
            <>
              {' '}
              When you report this, quote <span className="font-mono text-12">{digest}</span>.
            </>
          )}
        </p>
      </Notice>
      <div className="mt-6 flex gap-2">
        <Button kind="primary" onClick={onRetry}>
          Try again
        </Button>
        <ButtonLink href="/">Go to the overview</ButtonLink>
      </div>
    </div>
  )
}
