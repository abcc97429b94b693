import { existsSync, readFileSync } from 'node:fs'

export type Count = { passed: number; failed: number }

const nothing: Count = { passed: 0, failed: 0 }

const read = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `forge test --json`: suites by name, each with its tests by name. */
export function countForge(stdout: string): Count {
  const line = stdout.split('\n').find((text) => text.startsWith('{'))
  const suites = read(line ?? '') as
    | Record<string, { test_results: Record<string, { status: string }> }>
    | undefined
  const states = Object.values(suites ?? {}).flatMap(({ test_results }) =>
    Object.values(test_results).map(({ status }) => status),
  )
  return {
    passed: states.filter((status) => status === 'Success').length,
    failed: states.filter((status) => status === 'Failure').length,
  }
}

/** A file that breaks before its first test has no test to fail, so the file is counted. */
export function countVitest(file: string): Count {
  if (!existsSync(file)) return nothing
  const report = read(readFileSync(file, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    testResults: { status: string; assertionResults: unknown[] }[]
  }
  const broken = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  )
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length }
}

export function countPlaywright(file: string): Count {
  if (!existsSync(file)) return nothing
  const { stats, errors } = read(readFileSync(file, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number }
    errors: unknown[]
  }
  if (stats.flaky > 0) console.log(`    ! ${stats.flaky} journeys passed only when tried again`)
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length }
}

/** `12 passed, 0 failed`, or `12 seeds passed, 0 failed`, the last of such lines. A script that does not count has failed. */
export function countLine(stdout: string): Count {
  const last = [...stdout.matchAll(/(\d+) (?:\w+ )?passed, (\d+) failed/g)].at(-1)
  return last ? { passed: Number(last[1]), failed: Number(last[2]) } : { passed: 0, failed: 1 }
}
