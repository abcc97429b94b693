import { parseArgs } from 'node:util'
import { benchIndex } from '../test/bench/bench-index'
import { benchScale } from '../test/bench/scale'

/**
 * `npm run bench:index`: backfill of a chain with full verification beside Ponder's, on one chain and one PostgreSQL.
 * `--rounds 1` is the short form; `--all` adds Ponder as it comes and 0.16.10; `--scale` shows that an event costs the
 * same however many came before it.
 */
const { values } = parseArgs({
  options: {
    blocks: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '3' },
    all: { type: 'boolean', default: false },
    scale: { type: 'boolean', default: false },
    events: { type: 'string', default: '1000000' },
  },
})
if (values.scale) await benchScale({ events: Number(values.events) })
else {
  const [blocks, rounds] = [Number(values.blocks), Number(values.rounds)]
  await benchIndex({ blocks, rounds, all: values.all, folder: '.plimsoll-bench' })
}
