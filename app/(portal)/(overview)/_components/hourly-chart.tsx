import { BarChart } from '@/components/charts/bar-chart'
import { Card } from '@/components/ui/card'
import { type Column, DataTable } from '@/components/ui/data-table'
import { formatAmount, formatShortAmount } from '@/lib/format/amount'
import { groupDigits } from '@/lib/format/number'
import { ticksTo } from '@/lib/format/scale'
import { clockWord, formatHour, type Zone } from '@/lib/format/time'
import type { DayFacts } from '@/lib/queries/overview'

type Hour = DayFacts['hours'][number]

/** Value settled an hour. The title is what the figures say; the table under it has them. */
export function HourlyChart({ day, zone }: { day: DayFacts; zone: Zone }) {
  const hourOf = ({ start }: Hour) => formatHour(new Date(start), zone)
  const busiest = day.hours.reduce((best, hour) => (BigInt(hour.value) > BigInt(best.value) ? hour : best))
  const title = titleOf(day, busiest, hourOf(busiest))
  const units = (hour: Hour) => Number(BigInt(hour.value) / 100n)
  const ticks = ticksTo(units(busiest)).map((value) => ({
    value,
    label: formatShortAmount(BigInt(Math.round(value)), 0),
  }))
  const columns: Column<Hour>[] = [
    { key: 'hour', header: `Hour from (${clockWord(absolute(zone))})`, cell: hourOf },
    { key: 'value', header: 'Value (USD)', align: 'right', cell: ({ value }) => formatAmount(value, 2) },
    { key: 'settled', header: 'Settled', align: 'right', cell: ({ settled }) => groupDigits(settled) },
    { key: 'refused', header: 'Refused', align: 'right', cell: ({ refused }) => groupDigits(refused) },
  ]
  return (
    <Card title={title} id="hours" flush>
      <div className="px-4 pb-2">
        <p className="mb-1 text-12 text-secondary">Value settled in each of the last 24 hours, USD</p>
        <BarChart
          summary={`${title}. The table below has every hour.`}
          points={day.hours.map((hour) => ({
            label: hourOf(hour),
            value: units(hour),
            mark: hour === busiest && busiest.value !== '0' ? formatShortAmount(hour.value, 2) : undefined,
          }))}
          ticks={ticks}
          labelEvery={6}
        />
      </div>
      <details className="border-t border-hairline">
        <summary className="flex min-h-10 items-center px-4 text-link hover:underline">View as table</summary>
        <DataTable
          caption="Transfers in each of the last 24 hours"
          columns={columns}
          rows={day.hours}
          rowKey={({ start }) => start}
          empty=""
          narrow="scroll"
        />
      </details>
    </Card>
  )
}

function titleOf(day: DayFacts, busiest: Hour, hour: string): string {
  const total = BigInt(day.value)
  if (total === 0n) return 'Nothing settled in the last 24 hours'
  const share = (BigInt(busiest.value) * 100n) / total
  return `The busiest hour, ${hour}, moved ${formatShortAmount(busiest.value, 2)} USD, ${share} % of the day`
}

/** An hour has no age: where ages are shown, it is in UTC. */
const absolute = (zone: Zone): Zone => (zone.clock === 'age' ? { clock: 'utc', timeZone: 'UTC' } : zone)
