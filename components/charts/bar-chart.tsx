'use client'

import {
  Bar,
  CartesianGrid,
  Cell,
  BarChart as Chart,
  LabelList,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts'

export type BarPoint = {
  label: string
  value: number
  /** Written above the bar, which then stands out. */
  mark?: string
}

type Props = {
  /** Read to those who do not see the bars; the table below has the figures. */
  summary: string
  points: readonly BarPoint[]
  /** Ticks of the axis: value and what to write. */
  ticks: readonly { value: number; label: string }[]
  /** A limit, as a dashed line with its name. */
  line?: { value: number; label: string }
  /** Every how many bars the label is written. */
  labelEvery?: number
}

const axis = { fill: 'var(--secondary)', fontSize: 11 }

/** One series of bars. Numbers are for the geometry alone: exact figures come as text beside it. */
export function BarChart({ summary, points, ticks, line, labelEvery = 1 }: Props) {
  const words = new Map(ticks.map(({ value, label }) => [value, label]))
  const top = Math.max(...ticks.map(({ value }) => value), line?.value ?? 0)
  return (
    // Drawn for a wide screen until the browser has measured it: on a narrow one that must not widen the page.
    <div role="img" aria-label={summary} className="h-48 w-full overflow-hidden">
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 1100, height: 192 }}>
        <Chart
          data={[...points]}
          margin={{ top: 18, right: 8, bottom: 0, left: 0 }}
          barCategoryGap="16%"
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--hairline)" />
          <XAxis
            dataKey="label"
            interval={labelEvery - 1}
            tick={axis}
            tickLine={false}
            axisLine={{ stroke: 'var(--hairline)' }}
          />
          <YAxis
            width={52}
            domain={[0, top]}
            ticks={ticks.map(({ value }) => value)}
            tickFormatter={(value: number) => words.get(value) ?? ''}
            tick={axis}
            tickLine={false}
            axisLine={false}
          />
          <Bar dataKey="value" isAnimationActive={false} radius={1}>
            {points.map((point) => (
              <Cell key={point.label} fill={point.mark ? 'var(--series-2)' : 'var(--series-1)'} />
            ))}
            <LabelList dataKey="mark" position="top" fill="var(--ink)" fontSize={11} />
          </Bar>
          {line && (
            <ReferenceLine
              y={line.value}
              stroke="var(--bar-breach)"
              strokeDasharray="5 4"
              label={{ value: line.label, position: 'insideTopRight', fill: 'var(--breach)', fontSize: 11 }}
            />
          )}
        </Chart>
      </ResponsiveContainer>
    </div>
  )
}
