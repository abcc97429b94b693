import Form from 'next/form'
import { optionalColumns } from '@/components/transfers/transfers-table'
import { Button, buttonLook } from '@/components/ui/button'
import { HiddenInputs } from '@/components/ui/filter-bar'
import { path, type TableState } from '../../search'

const id = 'column-chooser'

/** Which columns to leave out; in the URL like the filters, so that a link shows what its sender saw. */
export function ColumnChooser({ state: { hide = [], ...filters } }: { state: TableState }) {
  return (
    <div className="relative max-md:hidden">
      <button type="button" popoverTarget={id} className={buttonLook()}>
        Columns
      </button>
      <div
        id={id}
        popover="auto"
        className="fixed inset-auto top-64 right-6 m-0 w-60 rounded-4 border border-control bg-surface p-4 text-ink"
      >
        <Form action={path} key={hide.join()}>
          <HiddenInputs values={filters} />
          <fieldset>
            <legend className="mb-1 font-medium">Leave out</legend>
            {optionalColumns.map(({ key, label }) => (
              <label key={key} className="flex min-h-7 items-center gap-2">
                <input
                  type="checkbox"
                  name="hide"
                  value={key}
                  defaultChecked={hide.includes(key)}
                  className="size-4.5"
                />
                {label}
              </label>
            ))}
          </fieldset>
          <Button type="submit" kind="primary" size="small" className="mt-3">
            Show these columns
          </Button>
        </Form>
      </div>
    </div>
  )
}
