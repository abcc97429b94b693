import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import type { Asked } from './web-record'

/**
 * A bare server for comparison: behind each path the statements that the portal's own query asks, on a pool of as many
 * connections, and their rows as JSON; nobody is asked who they are. `/live` tells of blocks as /api/live does.
 */
const { urls, paths } = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as {
  urls: { authority: string; gate: string }
  paths: Record<string, Asked[]>
}
const pool = new pg.Pool({ connectionString: urls.authority, max: 10 })
const streams = new Set<ServerResponse>()

const listener = new pg.Client({ connectionString: urls.gate })
await listener.connect()
listener.on('notification', async ({ payload }) => {
  await listener.query('SELECT number, hash, time FROM cursor')
  for (const stream of streams) stream.write(`event: block\ndata: ${payload}\n\n`)
})
await listener.query('LISTEN plimsoll_block')

const server = createServer(async (request, response) => {
  if (request.url === '/live') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('retry: 3000\n\n')
    streams.add(response)
    response.on('close', () => streams.delete(response))
    return
  }
  const rows: unknown[] = []
  const asked = paths[request.url ?? ''] ?? []
  if (asked.length > 0) {
    const client = await pool.connect()
    for (const { text, values } of asked) rows.push((await client.query(text, values)).rows)
    client.release()
  }
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(rows))
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
