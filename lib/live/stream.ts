import { encode, type Subscribe } from './feed'

/** What a stream needs from outside; in a test each is a plain function. */
export type StreamParts = {
  subscribe: Subscribe
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

const retry = encode('retry: 3000\n\n')
const heartbeat = encode(': still here\n\n')

/**
 * Server-sent events of indexed blocks: `block` with the asOf and no rows, `bye` when the session ended, `crowded`
 * when the same person opened too many. Each event names its block, so a browser that comes back is told at once
 * if it missed any.
 */
export function openStream(parts: StreamParts): Stream {
  const { subscribe, isStillAllowed, signal } = parts
  let seen = parts.lastSeen
  let isClosed = false
  let end = () => {}
  let close: Stream['close'] = () => {}

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (bytes: Uint8Array) => {
        if (!isClosed) controller.enqueue(bytes)
      }
      let isAsking = false
      const recheck = async () => {
        // A database that does not answer, or not until it is asked again, is no proof of a session: the stream ends
        // and the browser asks again.
        if (isAsking) return end()
        isAsking = true
        const isAllowed = await isStillAllowed().catch(() => undefined)
        isAsking = false
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
        send(encode(`event: ${farewell}\ndata: {}\n\n`))
        end()
      }
      send(retry)
      const timers = [
        setInterval(() => send(heartbeat), heartbeatMs),
        setInterval(() => void recheck(), recheckMs),
      ]
      const unsubscribe = subscribe(({ id, bytes }) => {
        if (id === seen) return
        seen = id
        send(bytes)
      })
      signal.addEventListener('abort', () => end(), { once: true })
    },
    cancel: () => end(),
  })
  return { body, close: (farewell) => close(farewell) }
}
