import pg from 'pg'

export type Hub = {
  /** `hear` is called after each indexed block and after each reconnection. @returns how to stop hearing */
  subscribe: (hear: () => void) => () => void
  close: () => Promise<void>
}

const channel = 'plimsoll_block'
const slowestMs = 10_000

/**
 * One listening connection for all streams of this process. It says only that something was written; who wants to
 * know what asks the database. What happened while the connection was lost cannot be missed: a new one is
 * announced as if a block had come.
 */
export function openHub(connectionString: string): Hub {
  const hearers = new Set<() => void>()
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let attempts = 0
  let isClosed = false

  const announce = () => {
    for (const hear of hearers) hear()
  }

  const connect = async () => {
    const mine = new pg.Client({
      connectionString,
      application_name: 'plimsoll live',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    })
    client = mine
    mine.on('notification', announce)
    // Without a listener a broken connection ends the process; with it, 'end' follows.
    mine.on('error', () => {})
    mine.on('end', () => {
      if (client === mine) again()
    })
    try {
      await mine.connect()
      await mine.query(`LISTEN ${channel}`)
      attempts = 0
      announce()
    } catch {
      await mine.end().catch(() => {})
      if (client === mine) again()
    }
  }

  const again = () => {
    client = undefined
    if (isClosed || timer || hearers.size === 0) return
    timer = setTimeout(
      () => {
        timer = undefined
        void connect()
      },
      Math.min(slowestMs, 250 * 2 ** attempts++),
    )
  }

  return {
    subscribe(hear) {
      hearers.add(hear)
      if (!client && !timer && !isClosed) void connect()
      return () => hearers.delete(hear)
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      hearers.clear()
      await client?.end().catch(() => {})
    },
  }
}
