import { describe, expect, it } from 'vitest'
import { readLcov } from './lcov'

const report = `TN:
SF:contracts/src/Anchor.sol
DA:30,2
DA:41,0
BRDA:41,0,0,1
BRDA:41,0,1,0
BRDA:52,1,0,-
LF:2
LH:1
end_of_record
TN:
SF:contracts/test/Ledger.sol
DA:7,0
end_of_record
`

describe('readLcov', () => {
  it('counts the lines and branches of a folder and names what was not reached', () => {
    expect(readLcov(report, 'contracts/src/')).toEqual([
      {
        path: 'contracts/src/Anchor.sol',
        lines: { hit: 1, all: 2 },
        branches: { hit: 1, all: 3 },
        missed: ['line 41', 'branch 1 of line 41', 'branch 0 of line 52'],
      },
    ])
  })

  it('finds nothing in an empty report', () => {
    expect(readLcov('', 'contracts/src/')).toEqual([])
  })
})
