import { Agent, get, type IncomingMessage } from 'node:http'

type Load = { connections?: number; seconds: number; least?: number }

/** Over so many connections for so long, and until at least so many are answered; every answer must be 200. */
export async function sendRequests(
  url: string,
  headers: Record<string, string>,
  { connections = 10, seconds, least = 0 }: Load,
): Promise<{ count: number; seconds: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent, headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`))
        response.on('end', resolve).on('error', reject).resume()
      }).on('error', reject)
    })
  await ask()
  const started = performance.now()
  let done = 0
  const worker = async () => {
    while (performance.now() - started < seconds * 1_000 || done < least) {
      await ask()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  agent.destroy()
  return { count: done, seconds: (performance.now() - started) / 1_000 }
}

export type Streams = {
  opened: number
  heard: (since: number) => number[]
  forget: () => void
  close: () => void
}

/** So many readers of server-sent events, opened twenty at a time; `heard` is when each was told of a block. */
export async function openStreams(
  count: number,
  requestOf: (reader: number) => { url: string; headers: Record<string, string> },
): Promise<Streams> {
  let arrivals: number[] = []
  const open: IncomingMessage[] = []
  const openOne = (reader: number) =>
    new Promise<void>((resolve, reject) => {
      const { url, headers } = requestOf(reader)
      get(url, { agent: false, headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`))
        open.push(response)
        response.on('data', (chunk: Buffer) => {
          if (chunk.includes('event: block')) arrivals.push(performance.now())
        })
        response.on('error', () => {})
        resolve()
      }).on('error', reject)
    })
  for (let from = 0; from < count; from += 20) {
    await Promise.all(Array.from({ length: Math.min(20, count - from) }, (_, each) => openOne(from + each)))
  }
  return {
    opened: open.length,
    heard: (since) => arrivals.map((at) => at - since),
    forget: () => {
      arrivals = []
    },
    close: () => {
      for (const response of open) response.destroy()
    },
  }
}
