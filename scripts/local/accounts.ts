import { demonstrationPassword, demonstrationPeople } from '@/lib/auth/demonstration'
import { firms } from '@/prisma/seed/firms'

/** A table of who may sign in, for the terminal. */
export function listDemonstrationAccounts(): string[] {
  const firmName = (id: number | null) => firms.find((firm) => firm.id === id)?.name ?? ''
  const rows = demonstrationPeople.map(({ username, name, side, role, firmId }) => [
    username,
    name,
    side === 'firm' ? `${role}, ${firmName(firmId)}` : role,
  ])
  const table = [['User', 'Name', 'Role'], ...rows]
  const widths = [0, 1].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)) + 3)
  const lines = table.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(''))
  return [...lines, '', `Everybody's password: ${demonstrationPassword}`]
}
