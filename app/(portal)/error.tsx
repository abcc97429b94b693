'use client'

import { FaultNotice } from '@/components/shell/fault-notice'

export default function PortalError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return <FaultNotice digest={error.digest} onRetry={reset} />
}
