import { formatAmount } from '@/lib/format/amount'
import { verdictOf } from '@/lib/format/verdict'
import type { TransferRow } from '@/lib/queries/transfer-row'
import { Chip } from '../ui/chip'
import { type Column, DataTable } from '../ui/data-table'

type Check = { name: string; codes: readonly number[] }

/** In the order in which the ledger asks; the first that fails is the reason and the rest are not reached. */
const checks: Check[] = [
  { name: 'Instrument is not paused', codes: [2] },
  { name: 'Sender’s account is not frozen', codes: [3] },
  { name: 'Recipient’s account is not frozen', codes: [4] },
  { name: 'Sender is registered, verified, not expired, and not flagged', codes: [10, 11, 12, 16, 17] },
  { name: 'Recipient is registered, verified, not expired, and not flagged', codes: [13, 14, 15, 18, 19] },
  { name: 'Sender holds the amount, and it is not frozen', codes: [1, 5] },
  { name: 'Rules of countries, caps and pre-approval', codes: [30, 31, 32, 33] },
  { name: 'Instrument has a reference value', codes: [20] },
]

// Judged together: the one that leaves least room is named.
const limits: Check[] = [
  { name: 'Sender’s limit for one transfer', codes: [21] },
  { name: 'Sender’s limit for 24 hours', codes: [22] },
  { name: 'Sender’s limit for 30 days', codes: [23] },
  { name: 'Firm’s limit for one transfer', codes: [24] },
  { name: 'Firm’s limit for 24 hours', codes: [25] },
  { name: 'Firm’s limit for 30 days', codes: [26] },
  { name: 'Recipient’s limit for holdings', codes: [27] },
]

type Line = { name: string; state: 'passed' | 'refused' | 'not tightest' | 'not reached'; room: string }

function linesOf(code: number, room: string | null): Line[] {
  const failed = checks.findIndex(({ codes }) => codes.includes(code))
  const lines: Line[] = checks.map(({ name }, index) => ({
    name,
    state: failed === -1 || index < failed ? 'passed' : index === failed ? 'refused' : 'not reached',
    room: index === failed && (code === 1 || code === 5) ? (room ?? '') : '',
  }))
  for (const { name, codes } of limits) {
    const isIt = codes.includes(code)
    const state = failed !== -1 ? 'not reached' : isIt ? 'refused' : 'not tightest'
    lines.push({
      name,
      state,
      room: isIt ? (room ?? '') : state === 'not tightest' && room ? `${room} or more` : '',
    })
  }
  return lines
}

const chips = {
  passed: <Chip status="compliant">Passed</Chip>,
  refused: <Chip status="breach">Refused here</Chip>,
  'not tightest': <Chip status="info">Left more room, or none is set</Chip>,
  'not reached': <Chip status="closed">Not reached</Chip>,
}

/** Why a transfer was refused, rule by rule, with the room that the rule left. */
export function RefusalChecks({ row, headroom }: { row: TransferRow; headroom: string | null }) {
  const { symbol, decimals } = row.instrument
  const columns: Column<Line>[] = [
    {
      key: 'rule',
      header: 'Rule, in the order it is asked',
      cell: ({ name }) => name,
      wrap: true,
      lead: true,
    },
    {
      key: 'state',
      header: 'Result',
      className: 'stack:before:hidden!',
      cell: ({ state }) =>
        state === 'refused' && !verdictOf(row.code).isLimit ? (
          <Chip status="closed">Refused here</Chip>
        ) : (
          chips[state]
        ),
    },
    { key: 'room', header: `Room left (${symbol})`, align: 'right', cell: ({ room }) => room },
  ]
  const room = headroom === null ? null : formatAmount(headroom, decimals)
  return (
    <DataTable
      caption="Rules that this transfer met"
      columns={columns}
      rows={linesOf(row.code ?? 0, room)}
      rowKey={({ name }) => name}
      empty=""
    />
  )
}
