import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { generateClient } from '../scripts/prisma/generate.mjs'
import { startTestCluster } from './cluster'

declare module 'vitest' {
  export interface ProvidedContext {
    clusterAddress: string
  }
}

/**
 * One PostgreSQL a run, started when the first test asks for it: many files need none. The tests run in processes of
 * their own, so they ask over HTTP.
 */
export default async function setup(project: TestProject) {
  generateClient()
  let cluster: ReturnType<typeof startTestCluster> | undefined
  const server = createServer((_request, response) => {
    cluster ??= startTestCluster()
    cluster.then(
      ({ urls, ownerUrl, superUrl }) => response.end(JSON.stringify({ urls, ownerUrl, superUrl })),
      (error) => response.writeHead(500).end(String(error?.stack ?? error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  project.provide('clusterAddress', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return async () => {
    server.closeAllConnections()
    server.close()
    const started = await cluster?.catch(() => undefined)
    await started?.stop()
  }
}
