import type { AsOf } from '@/lib/queries/as-of'

/** An event as it goes over the wire, made once for all streams. */
export type BlockEvent = { id: string; bytes: Uint8Array }
type Tell = (event: BlockEvent) => void
/** `tell` is called at least once. @returns how to stop hearing */
export type Subscribe = (tell: Tell) => () => void

/** During a backfill a thousand blocks a second are written; a reader can use four. */
const paceMs = 250

/**
 * All streams of this process hear of a block at the same moment: one question answers them, as bytes that are the
 * same for everybody. Where nobody listens nothing is asked.
 * @param hub announces that there may be another block
 * @param read the newest indexed block
 */
export function openFeed(hub: (hear: () => void) => () => void, read: () => Promise<AsOf>): Subscribe {
  const audience = new Set<Tell>()
  let leaveHub = () => {}
  let isReading = false
  let isDirty = false

  const refresh = async () => {
    isDirty = true
    if (isReading) return
    isReading = true
    while (isDirty && audience.size > 0) {
      isDirty = false
      // A read that fails is made up for by the next block or the next reconnection.
      const asOf = await read().catch(() => undefined)
      if (asOf) {
        const event = eventOf(asOf)
        for (const tell of audience) tellOne(tell, event)
      }
      await new Promise((resolve) => setTimeout(resolve, paceMs))
    }
    isReading = false
  }

  const leave = (tell: Tell) => {
    if (audience.delete(tell) && audience.size === 0) leaveHub()
  }

  // Whoever cannot be told is told no more; the others are.
  const tellOne = (tell: Tell, event: BlockEvent) => {
    try {
      tell(event)
    } catch {
      leave(tell)
    }
  }

  return (tell) => {
    audience.add(tell)
    if (audience.size === 1) leaveHub = hub(() => void refresh())
    void refresh()
    return () => leave(tell)
  }
}

export const eventId = ({ block, hash, isHalted }: AsOf): string =>
  `${block}-${hash}${isHalted ? '-halted' : ''}`

function eventOf(asOf: AsOf): BlockEvent {
  const id = eventId(asOf)
  return { id, bytes: encode(`id: ${id}\nevent: block\ndata: ${JSON.stringify(asOf)}\n\n`) }
}

const text = new TextEncoder()
export const encode = (chunk: string): Uint8Array => text.encode(chunk)
