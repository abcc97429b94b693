import pg from 'pg'

/** A statement as it was sent. */
export type Asked = { text: string; values: unknown[] }

/** Everything that `work` sends to the database, beginning and end of its transactions included. */
export async function recordStatements(work: () => Promise<unknown>): Promise<Asked[]> {
  const asked: Asked[] = []
  const query = pg.Client.prototype.query as (...given: unknown[]) => Promise<pg.QueryResult>
  const recording = function (this: pg.Client, ...given: unknown[]) {
    const [config, values] = given as [string | { text: string; values?: unknown[] }, unknown[]?]
    const text = typeof config === 'string' ? config : config.text
    if (text)
      asked.push({ text, values: (typeof config === 'string' ? values : (config.values ?? values)) ?? [] })
    return query.apply(this, given)
  }
  Object.assign(pg.Client.prototype, { query: recording })
  try {
    await work()
  } finally {
    Object.assign(pg.Client.prototype, { query })
  }
  return asked
}
