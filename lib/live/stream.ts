import type { AsOf } from '@/lib/queries/as-of'

/** What a stream needs from outside; in a test each is a plain function. */
export type StreamParts = {
  subscribe: (hear: () => void) => () => void
  /** The newest indexed block. */
  read: () => Promise<AsOf>
  /** Whether the session that opened the stream is still the same officer's. */
  isStillAllowed: () => Promise<boolean>
  /** `Last-Event-ID`: what the browser saw last, or null. */
  lastSeen: string | null
  signal: AbortSignal
  onClose?: () => void
}

export type Stream = { body: ReadableStream<Uint8Array>; close: (farewell: 'bye' | 'crowded') => void }

export const heartbeatMs = 20_000
/** Half of the five seconds after which an ended session must see nothing more. */
export const recheckMs = 2_500
/** During a backfill a thousand blocks a second are written; a reader can use four. */
const paceMs = 250

export const eventId = ({ block, hash, isHalted }: AsOf): string =>
  `${block}-${hash}${isHalted ? '-halted' : ''}`

/**
 * Server-sent events of indexed blocks: `block` with the asOf and no rows, `bye` when the session ended, `crowded`
 * when the same person opened too many. Each event names its block, so a browser that comes back is told at once
 * if it missed any.
 */
export function openStream(parts: StreamParts): Stream {
  const { subscribe, read, isStillAllowed, signal } = parts
  const text = new TextEncoder()
  let seen = parts.lastSeen
  let isClosed = false
  let isReading = false
  let isDirty = false
  let end = () => {}
  let close: Stream['close'] = () => {}

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (chunk: string) => {
        if (!isClosed) controller.enqueue(text.encode(chunk))
      }
      const tell = async () => {
        isDirty = true
        if (isReading) return
        isReading = true
        while (isDirty && !isClosed) {
          isDirty = false
          // A read that fails is made up for by the next block or the next reconnection.
          const asOf = await read().catch(() => undefined)
          if (asOf && eventId(asOf) !== seen) {
            seen = eventId(asOf)
            send(`id: ${seen}\nevent: block\ndata: ${JSON.stringify(asOf)}\n\n`)
          }
          await new Promise((resolve) => setTimeout(resolve, paceMs))
        }
        isReading = false
      }
      const recheck = async () => {
        // A database that does not answer is no proof of a session: the stream ends and the browser asks again.
        const isAllowed = await isStillAllowed().catch(() => undefined)
        if (isAllowed === false) close('bye')
        else if (isAllowed === undefined) end()
      }
      end = () => {
        if (isClosed) return
        isClosed = true
        for (const timer of timers) clearInterval(timer)
        unsubscribe()
        parts.onClose?.()
        try {
          controller.close()
        } catch {
          // The browser went first.
        }
      }
      close = (farewell) => {
        send(`event: ${farewell}\ndata: {}\n\n`)
        end()
      }
      const timers = [
        setInterval(() => send(': still here\n\n'), heartbeatMs),
        setInterval(() => void recheck(), recheckMs),
      ]
      const unsubscribe = subscribe(() => void tell())
      signal.addEventListener('abort', () => end(), { once: true })
      send('retry: 3000\n\n')
      void tell()
    },
    cancel: () => end(),
  })
  return { body, close: (farewell) => close(farewell) }
}
