import { createClient, webSocket } from 'viem'

/**
 * Calls `onHead` whenever the node says that it has a new head; the caller asks what it is. Uses a WebSocket
 * subscription at the same address, where the node offers one. Nothing is called where it does not or while it is
 * broken, so the caller polls as well.
 */
export function watchHeads(url: string, onHead: () => void) {
  let stopped = false
  let close = () => {}
  let retry: NodeJS.Timeout | undefined

  const reconnect = () => {
    const closing = close
    close = () => {} // closing reports itself as an error, which leads here again
    closing()
    clearTimeout(retry)
    if (!stopped) retry = setTimeout(() => void connect(), 5000)
  }

  async function connect() {
    const transport = webSocket(url.replace(/^http/, 'ws'), {
      timeout: 3000,
      retryCount: 0,
      reconnect: false,
    })
    try {
      const client = createClient({ transport })
      const socket = await client.transport.getRpcClient()
      close = () => socket.close()
      await client.transport.subscribe({ params: ['newHeads'], onData: onHead, onError: reconnect })
      if (stopped) socket.close()
    } catch {
      reconnect()
    }
  }
  void connect()

  return {
    stop: () => {
      stopped = true
      clearTimeout(retry)
      reconnect()
    },
  }
}
