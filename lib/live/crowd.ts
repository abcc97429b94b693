import type { Stream } from './stream'

/** Tabs of one person that may listen at a time. A browser allows six connections a host over HTTP/1.1. */
export const mostStreams = 5

/** The streams of each person in this process, oldest first. One too many and the oldest is told to pause. */
export function openCrowd(most = mostStreams) {
  const streams = new Map<string, Stream[]>()
  return {
    enter(personId: string, stream: Stream): void {
      const own = [...(streams.get(personId) ?? []), stream]
      streams.set(personId, own)
      if (own.length > most) own[0]?.close('crowded')
    },
    leave(personId: string, stream: Stream | undefined): void {
      const rest = (streams.get(personId) ?? []).filter((other) => other !== stream)
      if (rest.length > 0) streams.set(personId, rest)
      else streams.delete(personId)
    },
    count: (personId: string): number => streams.get(personId)?.length ?? 0,
  }
}
