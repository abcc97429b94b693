import { createServer } from 'node:net'

/** Nobody listens on this port of this machine's own address. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })

export const anyFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = probe.address()
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port')),
      )
    })
  })

/** The port remembered from the last run while it is free, so that addresses stay the same between runs. */
export async function sameOrFreePort(remembered: number | undefined): Promise<number> {
  return remembered && (await isFree(remembered)) ? remembered : anyFreePort()
}

/** The first free port from `first` upwards. */
export async function nextFreePort(first: number): Promise<number> {
  for (let port = first; port < Math.min(first + 200, 65_536); port++) if (await isFree(port)) return port
  return anyFreePort()
}
