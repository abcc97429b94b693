import { standingWords } from '@/components/customers/standing-chip'
import { Select, TextInput } from '@/components/ui/field'
import type { CustomersPage, CustomersSearch } from '@/lib/queries/customers'
import { standings } from '../search'

const any = { value: '', label: 'Any' }

export function FilterFields({ search, page }: { search: CustomersSearch; page: CustomersPage }) {
  return (
    <>
      {page.firms.length > 0 && (
        <Select
          name="firm"
          label="Firm"
          defaultValue={search.firm ?? ''}
          options={[any, ...page.firms.map(({ id, name }) => ({ value: String(id), label: name }))]}
        />
      )}
      <Select
        name="standing"
        label="KYC"
        defaultValue={search.standing ?? ''}
        options={[any, ...standings.map((value) => ({ value, label: standingWords[value] }))]}
      />
      <TextInput
        name="days"
        label="Expiring within"
        inputMode="numeric"
        pattern="[0-9]{1,4}"
        defaultValue={search.days ?? ''}
        placeholder="30"
        suffix="days"
      />
      <Select
        name="country"
        label="Country"
        defaultValue={search.country ?? ''}
        options={[any, ...page.countries.map(({ value, name }) => ({ value: String(value), label: name }))]}
      />
      <TextInput
        name="tier"
        label="Tier"
        inputMode="numeric"
        pattern="[0-9]{1,3}"
        defaultValue={search.tier ?? ''}
      />
      <TextInput
        name="text"
        label="Reference or address"
        defaultValue={search.text}
        error={page.fields.text}
        maxLength={200}
      />
    </>
  )
}
