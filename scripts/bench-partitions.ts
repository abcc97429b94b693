import { measurePartitions } from '../test/bench/partitions'

/** `npm run bench:partitions`: what cutting the ledger's tables costs who writes them, beside plain tables. */
const { plain, partitioned } = await measurePartitions(Number(process.argv[2] ?? 40))
const median = (values: number[]) => values.toSorted((one, other) => one - other)[values.length >> 1]!
const ratios = plain.map((time, round) => partitioned[round]! / time)
console.log(`plain        ${median(plain).toFixed(0)} ms a batch of 2,000 logs and 2,000 transfers, median`)
console.log(`partitioned  ${median(partitioned).toFixed(0)} ms`)
console.log(`ratio ${median(ratios).toFixed(2)}`)
