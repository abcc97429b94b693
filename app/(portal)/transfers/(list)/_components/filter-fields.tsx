import { Select, TextInput } from '@/components/ui/field'
import type { TransferChoices, TransfersSearch } from '@/lib/queries/transfers'
import { outcomeWords } from '../../search'

type Props = { search: TransfersSearch; choices: TransferChoices; errors: Record<string, string> }

export function FilterFields({ search, choices, errors }: Props) {
  const symbols = choices.instruments.map(({ address, symbol }) => ({ value: address, label: symbol }))
  const outcomes = Object.entries(outcomeWords).map(([value, label]) => ({ value, label: capital(label) }))
  return (
    <>
      <Firms search={search} choices={choices} error={errors.firm} />
      <Select
        name="instrument"
        label="Instrument"
        error={errors.instrument}
        options={[{ value: '', label: 'Any' }, ...symbols]}
        defaultValue={search.instrument ?? ''}
      />
      <Select
        name="outcome"
        label="Outcome"
        error={errors.outcome}
        options={[{ value: '', label: 'Any' }, ...outcomes]}
        defaultValue={search.outcome ?? ''}
      />
      <TextInput
        name="min"
        label="Smallest amount"
        error={errors.min}
        defaultValue={search.min}
        inputMode="decimal"
      />
      <TextInput
        name="max"
        label="Largest amount"
        error={errors.max}
        defaultValue={search.max}
        inputMode="decimal"
      />
      <TextInput
        name="since"
        label="Since (UTC)"
        type="datetime-local"
        error={errors.since}
        defaultValue={withTime(search.since)}
      />
      <TextInput
        name="until"
        label="Before (UTC)"
        type="datetime-local"
        error={errors.until}
        defaultValue={withTime(search.until)}
      />
      <div className="sm:col-span-2">
        <TextInput
          name="account"
          label="Account, identity or customer"
          placeholder="0x… or C-10233"
          error={errors.account}
          defaultValue={search.account}
          spellCheck={false}
          autoComplete="off"
        />
      </div>
      {search.tx && <input type="hidden" name="tx" value={search.tx} />}
      {search.block && <input type="hidden" name="block" value={search.block} />}
    </>
  )
}

function Firms({
  search,
  choices,
  error,
}: {
  search: TransfersSearch
  choices: TransferChoices
  error?: string
}) {
  return (
    <fieldset className="sm:col-span-2 lg:col-span-4">
      <legend className="mb-1 font-medium">Firms, as sender or recipient</legend>
      {error && <p className="mb-1 font-medium text-breach">{error}</p>}
      <div className="grid grid-cols-2 gap-x-4 lg:grid-cols-4">
        {choices.firms.map(({ id, name }, index) => (
          <label key={id} className="flex min-h-7 items-center gap-2">
            <input
              type="checkbox"
              // Where an error summary leads.
              id={index === 0 ? 'firm' : undefined}
              name="firm"
              value={id}
              defaultChecked={search.firm?.includes(String(id))}
              className="size-4.5 shrink-0"
            />
            <span className="truncate">{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** An input of date and time shows nothing at all for a date alone. */
const withTime = (text: string | undefined) =>
  text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text
