// biome-ignore-all lint/a11y/noRedundantRoles: a table laid out as blocks on a narrow screen loses its roles in some browsers
import clsx from 'clsx'
import type { ReactNode } from 'react'

export type Column<Row> = {
  key: string
  /** Sentence case, with the unit where the cells have none. */
  header: string
  cell: (row: Row) => ReactNode
  /** 'right' for numbers, which also get tabular figures. */
  align?: 'left' | 'right'
  /** Lets long words break; otherwise a cell stays on one line. */
  wrap?: boolean
  /** Stacked on a narrow screen, this cell takes the whole width without its label: the row's own name. */
  lead?: boolean
  /** Left out on a narrow screen, where another cell says the same. */
  wideOnly?: boolean
  className?: string
}

type Props<Row> = {
  /** Names the table for those who do not see it; shown only with `showCaption`. */
  caption: string
  showCaption?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Why there is nothing, and one thing to do about it. */
  empty: ReactNode
  /** 'tall' for two lines a cell. */
  rowHeight?: 'row' | 'tall'
  /** On a narrow screen: rows become small lists, or the table scrolls in a region of its own. */
  narrow?: 'stack' | 'scroll'
}

/** The one table. Real rows and cells, at most a page of them (keyset, see Pagination): never virtual. */
export function DataTable<Row>(props: Props<Row>) {
  const { caption, columns, rows, rowKey, empty, narrow = 'stack', rowHeight = 'row' } = props
  if (rows.length === 0) return <div className="px-4 py-6 text-secondary">{empty}</div>
  const region = { role: 'region', 'aria-label': caption, tabIndex: 0 }
  return (
    <div className="overflow-x-auto" {...(narrow === 'scroll' ? region : {})}>
      <table role="table" className={clsx('w-full border-collapse', narrow === 'stack' && 'stack')}>
        <caption
          className={props.showCaption ? 'px-4 pt-3 pb-2 text-left text-12 text-secondary' : 'sr-only'}
        >
          {caption}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column.key}
                role="columnheader"
                scope="col"
                className={clsx(
                  'border-b border-hairline px-4 py-2 text-12 font-medium whitespace-nowrap text-secondary',
                  column.align === 'right' ? 'text-right' : 'text-left',
                )}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row" className="group/row">
              {columns.map((column) => (
                <td
                  key={column.key}
                  role="cell"
                  data-label={column.header}
                  className={clsx(
                    'border-b border-hairline px-4 group-last/row:border-b-0',
                    rowHeight === 'tall' ? 'h-13 py-1' : 'h-(--row)',
                    column.align === 'right' && 'text-right tabular-nums',
                    !column.wrap && 'whitespace-nowrap',
                    column.lead && 'lead',
                    column.wideOnly && 'wide-only',
                    column.className,
                  )}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
