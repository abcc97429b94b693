import Form from 'next/form'
import { Button } from '@/components/ui/button'
import { ErrorSummary, type FormError } from '@/components/ui/error-summary'
import { TextInput } from '@/components/ui/field'

export type Given = { address: string; name: string; startBlock: string }

type Props = { given: Given; errors: FormError[]; isAnswered: boolean }

export function TokenForm({ given, errors, isAnswered }: Props) {
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message
  return (
    <>
      <ErrorSummary errors={errors} />
      <Form action="/instruments/watch" className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <TextInput
            name="address"
            label="Address of the contract"
            hint="On this ledger’s chain: 0x and 40 digits"
            autoComplete="off"
            spellCheck={false}
            defaultValue={given.address}
            error={errorOf('address')}
          />
        </div>
        <TextInput
          name="name"
          label="Name (optional)"
          hint="As it is listed here; empty: as it calls itself"
          autoComplete="off"
          maxLength={80}
          defaultValue={given.name}
          error={errorOf('name')}
        />
        <TextInput
          name="startBlock"
          label="Block of its deployment (optional)"
          hint="Empty: it is found, where the node keeps old state"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={given.startBlock}
          error={errorOf('startBlock')}
        />
        <div className="sm:col-span-2">
          <Button type="submit" kind={isAnswered ? 'secondary' : 'primary'}>
            Look at the contract
          </Button>
        </div>
      </Form>
    </>
  )
}
