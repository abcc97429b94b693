'use client'

import { Button, ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

/** What happened, a number to quote, retry, and what still works. The cause is in the log under that number. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main className="mx-auto max-w-160 px-6 py-16">
      <h1 className="mb-4 text-24 font-semibold">This page could not be shown</h1>
      <Notice status="warning" title="Something went wrong on our side" live="assertive">
        <p>
          Nothing you did was lost or sent twice. The other pages still work.
          {error.digest && (
            <>
              {' '}
              When you report this, quote <span className="font-mono text-12">{error.digest}</span>.
            </>
          )}
        </p>
      </Notice>
      <div className="mt-6 flex gap-2">
        <Button kind="primary" onClick={reset}>
          Try again
        </Button>
        <ButtonLink href="/">Go to the overview</ButtonLink>
      </div>
    </main>
  )
}
