import { createClient, webSocket } from 'viem'

/**
 * Calls `onHead` whenever the node says that it has a new head; the caller asks what it is. Uses a WebSocket
 * subscription at the same address where the node offers one. Where it does not, or breaks, nothing is called:
 * the caller polls as well, and `subscribed()` says how urgently.
 */
export function watchHeads(url: string, onHead: () => void) {
  let stopped = false
  let subscribed = false
  let close = () => {}
  let retry: NodeJS.Timeout | undefined

  const reconnect = () => {
    subscribed = false
    close()
    close = () => {}
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
      subscribed = !stopped
      if (stopped) close()
    } catch {
      reconnect()
    }
  }
  void connect()

  return {
    subscribed: () => subscribed,
    stop: () => {
      stopped = true
      clearTimeout(retry)
      close()
    },
  }
}
