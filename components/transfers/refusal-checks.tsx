import { asked, codes, limitCodes } from '@/lib/compliance/codes'
import { formatAmount } from '@/lib/format/amount'
import { verdictOf } from '@/lib/format/verdict'
import type { TransferRow } from '@/lib/queries/transfer-row'
import { Chip } from '../ui/chip'
import { type Column, DataTable } from '../ui/data-table'

type Check = { name: string; codes: readonly number[] }

const names: Record<keyof typeof asked, string> = {
  pause: 'Instrument is not paused',
  freezeOfSender: 'Sender’s account is not frozen',
  freezeOfRecipient: 'Recipient’s account is not frozen',
  standingOfSender: 'Sender is registered, verified, not expired, and not flagged',
  standingOfRecipient: 'Recipient is registered, verified, not expired, and not flagged',
  balance: 'Sender holds the amount, and it is not frozen',
  rules: 'Rules of countries, caps and pre-approval',
  rate: 'Instrument has a reference value',
}

/** In the order in which the ledger asks; the first that fails is the reason and the rest are not reached. */
const checks = Object.entries(asked).map(([check, codes]) => ({
  name: names[check as keyof typeof asked],
  codes: codes as readonly number[],
}))

// Judged together: the one that leaves least room is named.
const { identity, firm } = limitCodes
const limits: Check[] = [
  { name: 'Sender’s limit for one transfer', codes: [identity.transfer] },
  { name: 'Sender’s limit for 24 hours', codes: [identity.day] },
  { name: 'Sender’s limit for 30 days', codes: [identity.month] },
  { name: 'Firm’s limit for one transfer', codes: [firm.transfer] },
  { name: 'Firm’s limit for 24 hours', codes: [firm.day] },
  { name: 'Firm’s limit for 30 days', codes: [firm.month] },
  { name: 'Recipient’s limit for holdings', codes: [codes.balanceLimit] },
]

type Line = { name: string; state: 'passed' | 'refused' | 'not tightest' | 'not reached'; room: string }

function linesOf(code: number, room: string | null): Line[] {
  const failed = checks.findIndex(({ codes }) => codes.includes(code))
  const lines: Line[] = checks.map(({ name }, index) => ({
    name,
    state: failed === -1 || index < failed ? 'passed' : index === failed ? 'refused' : 'not reached',
    room: index === failed && asked.balance.some((one) => one === code) ? (room ?? '') : '',
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
