import Form from 'next/form'
import { Button } from '@/components/ui/button'
import { ErrorSummary, type FormError } from '@/components/ui/error-summary'
import { Select, TextInput } from '@/components/ui/field'
import { groupDigits } from '@/lib/format/number'

type Props = {
  firms: readonly { id: number; name: string }[]
  given: { firm: string; from: string; until: string }
  mayChooseAll: boolean
  errors: FormError[]
  isAnswered: boolean
  /** Rows a file. */
  most: number
}

export function QuestionForm({ firms, given, mayChooseAll, errors, isAnswered, most }: Props) {
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message
  const options = [
    ...(mayChooseAll ? [{ value: 'all', label: 'All firms' }] : []),
    ...firms.map(({ id, name }) => ({ value: String(id), label: name })),
  ]
  return (
    <>
      <ErrorSummary errors={errors} />
      <Form action="/reports/request" className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <Select
            name="firm"
            label="Firm"
            hint="Transfers that its customers sent or received"
            defaultValue={given.firm || options[0]?.value}
            options={options}
            error={errorOf('firm')}
          />
        </div>
        <TextInput
          name="from"
          label="First day (UTC)"
          hint="It is in the register. Such as 2026-11-01"
          placeholder="2026-11-01"
          autoComplete="off"
          defaultValue={given.from}
          error={errorOf('from')}
        />
        <TextInput
          name="until"
          label="Until (UTC)"
          hint="The day after the last one, itself not in it"
          placeholder="2026-12-01"
          autoComplete="off"
          defaultValue={given.until}
          error={errorOf('until')}
        />
        <div className="flex flex-wrap items-center gap-4 sm:col-span-2">
          <Button type="submit" kind={isAnswered ? 'secondary' : 'primary'}>
            Count the rows
          </Button>
          <p className="text-secondary">At most {groupDigits(most)} rows a file, three files at a time.</p>
        </div>
      </Form>
    </>
  )
}
