'use client'

import { FaultNotice } from '@/components/shell/fault-notice'

export default function RootError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main className="px-6">
      <FaultNotice digest={error.digest} onRetry={reset} />
    </main>
  )
}
