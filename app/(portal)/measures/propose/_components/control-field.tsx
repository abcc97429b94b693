'use client'

import { Radios, Select, TextInput } from '@/components/ui/field'
import type { ChoiceName } from '@/lib/queries/control-proposal'
import { AddressField } from './address-field'
import type { FieldProps } from './fields'
import { RoleBoxes } from './role-boxes'

/** The fields of orders about code, rules and the suite itself. */
export function ControlField({ name, page, answers, error }: FieldProps) {
  const value = answers[name] ?? ''
  const common = { name, defaultValue: value, error }
  switch (name) {
    case 'from':
      return <AddressField {...common} label="From account" />
    case 'compliance':
      return (
        <AddressField
          {...common}
          label="New compliance contract"
          hint="One that names this instrument as its own"
        />
      )
    case 'implementation':
      return (
        <AddressField
          {...common}
          label="Address of the new code"
          hint="Of a later release, built for this role table and registry. Empty unless new code is scheduled"
        />
      )
    case 'issuer':
      return <AddressField {...common} label="Issuer" hint="A contract that answers for its claims" />
    case 'wallet':
      return <AddressField {...common} label="Wallet" />
    case 'topic':
      return <NumberField {...common} label="Topic" hint="The number by which claims name what they say" />
    case 'numerator':
      return <NumberField {...common} label="So many cents" suffix="cents of the reference currency" />
    case 'denominator':
      return <NumberField {...common} label="For so many smallest units" suffix="units" />
    case 'principal':
    case 'delegate':
    case 'person':
    case 'ofKind':
      return <Choices name={name} page={page} answers={answers} error={error} />
    case 'startsAt':
    case 'until':
      return (
        <TextInput
          {...common}
          label={name === 'startsAt' ? 'Acts from (UTC)' : 'Until (UTC)'}
          hint={
            name === 'startsAt'
              ? 'A time that has passed means at once'
              : '30 days after the beginning at most'
          }
          type="datetime-local"
          className="max-w-60"
        />
      )
    case 'roles':
      return <RoleBoxes answers={answers} error={error} />
    default:
      return <Either name={name} page={page} answers={answers} error={error} />
  }
}

type NumberProps = {
  name: string
  label: string
  hint?: string
  suffix?: string
  error?: string
  defaultValue: string
}

const NumberField = (props: NumberProps) => (
  <TextInput {...props} inputMode="numeric" autoComplete="off" className="max-w-60 text-right tabular-nums" />
)

const selects: Record<
  Exclude<ChoiceName, 'country' | 'step'>,
  { label: string; none: string; hint?: string }
> = {
  principal: {
    label: 'Who is stood in for',
    none: 'Choose a wallet',
    hint: 'Holds a role of its own to lend',
  },
  delegate: { label: 'Deputy', none: 'Choose a wallet', hint: 'A wallet of another person' },
  person: { label: 'Person', none: 'Choose a person', hint: 'For whom the wallet stands' },
  ofKind: { label: 'Kind of order', none: 'Choose a kind' },
}

function Choices({ name, page, answers, error }: FieldProps) {
  const choice = name as keyof typeof selects
  const { none, ...rest } = selects[choice]
  return (
    <Select
      {...rest}
      name={name}
      defaultValue={answers[name]}
      error={error}
      options={[{ value: '', label: none }, ...(page.choices[choice] ?? [])]}
    />
  )
}

type Two = { label: string; options: { value: string; label: string; hint?: string }[] }

const either: Record<string, Two> = {
  stands: {
    label: 'Is it allowed?',
    options: [
      { value: 'until', label: 'Once, until the time below' },
      { value: 'withdrawn', label: 'No longer', hint: 'Takes an open approval back; the time is left aside' },
    ],
  },
  step: {
    label: 'What becomes of the code?',
    options: [
      { value: 'new', label: 'New code is scheduled', hint: 'In force two days later at the earliest' },
      { value: 'cancel', label: 'The scheduled upgrade is taken back' },
      { value: 'back', label: 'Back to the previous code', hint: 'At once, while the way back is open' },
    ],
  },
  trusted: {
    label: 'Do its claims of this topic count?',
    options: [
      { value: 'yes', label: 'They count' },
      { value: 'no', label: 'They count no longer' },
    ],
  },
  required: {
    label: 'Does everybody need a claim of this topic?',
    options: [
      { value: 'yes', label: 'Everybody', hint: 'Whoever has none neither sends nor receives' },
      { value: 'no', label: 'Nobody any more' },
    ],
  },
  acts: {
    label: 'Does the deputy act?',
    options: [
      { value: 'between', label: 'Between the times below' },
      { value: 'ended', label: 'No longer', hint: 'At once; the times are left aside' },
    ],
  },
  signatures: {
    label: 'How many signatures?',
    options: [
      { value: '1', label: 'One', hint: 'The officer alone' },
      { value: '2', label: 'Two', hint: 'Somebody else has to approve' },
    ],
  },
}

/** Only what can be: a page may leave options out. */
function Either({ name, page, answers, error }: FieldProps) {
  const asked = either[name]
  if (!asked) return null
  const possible = name === 'step' ? page.choices.step?.map(({ value }) => value) : undefined
  const options = asked.options.filter(({ value }) => possible?.includes(value) ?? true)
  return (
    <Radios
      label={asked.label}
      options={options}
      name={name}
      defaultValue={answers[name] ?? ''}
      error={error}
    />
  )
}
