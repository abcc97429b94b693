/** Where a worker writes what happens, a line of JSON at a time. */
export type Log = Record<
  'info' | 'warn' | 'error',
  (values: Record<string, unknown>, message: string) => void
>

/** Names of alerts, as alert rules and runbooks know them (docs/operations.md). */
export type Alert =
  | 'PlimsollRpcDisagree'
  | 'PlimsollRpcProofFailure'
  | 'PlimsollReorgDepth'
  | 'PlimsollHeadStalled'
  | 'PlimsollHeightRegressed'
  | 'PlimsollClockSkew'
  | 'PlimsollValidatorsChanged'
  | 'PlimsollLogsDiffer'

export type Pager = ReturnType<typeof createPager>

/**
 * To page somebody is to write one line at level error with the field `page`, once for as long as its cause lasts;
 * whoever collects the log rings. When the cause is gone a line at level info says so.
 */
export function createPager(log: Log, chainId: number) {
  const raised = new Map<string, Alert>()
  return {
    /** @param subject Tells causes of one name apart, e.g. a node. */
    raise(page: Alert, values: Record<string, unknown>, message: string, subject = ''): void {
      const key = `${page} ${subject}`
      if (raised.has(key)) return
      raised.set(key, page)
      log.error({ page, chainId, ...values }, message)
    },
    clear(page: Alert, subject = ''): void {
      if (raised.delete(`${page} ${subject}`))
        log.info({ page, chainId, over: true, ...(subject && { subject }) }, 'over')
    },
  }
}
