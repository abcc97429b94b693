import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { compareRegister } from '../lib/reports/compare-register'
import { type Problem, readRegister } from '../lib/reports/read-register'
import { checkHead, connect, readChainRows } from './verify-report/chain-rows'

/** npm run verify:report -- file.csv [--rpc URL]. Exit code 0: nothing is wrong, 1: something is, 2: could not look. */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { rpc: { type: 'string' } } })
const [file] = positionals
if (!file || positionals.length > 1) {
  console.error('Usage: npm run verify:report -- FILE.csv [--rpc URL]')
  process.exit(2)
}

const shown = 20
function judge(what: string, problems: Problem[]): void {
  console.log(`${problems.length === 0 ? '✓' : '✗'} ${what}`)
  for (const { line, message } of problems.slice(0, shown))
    console.log(`  ${line ? `line ${line}: ` : ''}${message}`)
  if (problems.length > shown) console.log(`  and ${problems.length - shown} more`)
  if (problems.length > 0) process.exitCode = 1
}

try {
  const { head, rows, sha256, problems } = readRegister(readFileSync(file))
  console.log(`SHA-256 of the file: ${sha256} (compare it with the one on the Reports page)`)
  judge(`The file is whole: digest, head, ${rows.length} rows, seals, order, arithmetic`, problems)
  if (!values.rpc) console.log('  Not compared with the chain: give --rpc URL for that')
  else if (!head) console.log('  Not compared with the chain: the head of the file cannot be read')
  else {
    const client = connect(values.rpc)
    judge(
      `The node knows this chain, block ${head.asOf.block} and the instruments`,
      await checkHead(client, head),
    )
    const chain = await readChainRows(client, head)
    judge(
      `The rows are the chain's own ${chain.length}, none missing, none added`,
      compareRegister(rows, chain),
    )
  }
} catch (cause) {
  console.error((cause as Error).message)
  process.exit(2)
}
