'use client'

import { Radios, Select, TextInput } from '@/components/ui/field'
import { checksum } from '@/lib/format/address'
import type { MeasureProposalPage } from '@/lib/queries/measure-proposal'
import { AddressField } from './address-field'
import { ControlField } from './control-field'
import type { FieldProps } from './fields'

/** One field of a measure. */
export function KindField({ name, page, answers, error }: FieldProps) {
  const value = answers[name] ?? ''
  const common = { name, defaultValue: value, error }
  switch (name) {
    case 'account':
      return (
        <Select
          {...common}
          label={page.kind === 'recover' ? 'Lost account' : 'Account'}
          options={accountsOf(page)}
          className="font-mono"
        />
      )
    case 'replacement':
      return (
        <Select
          {...common}
          label="Account that takes over"
          hint="Of the same customer, and registered"
          options={[{ value: '', label: 'Choose an account' }, ...accountsOf(page)]}
          className="font-mono"
        />
      )
    case 'instrument':
      return (
        <Select
          {...common}
          label="Instrument"
          className="max-w-80"
          options={page.instruments.map(({ address, symbol, name }) => ({
            value: address,
            label: `${symbol} · ${name}`,
          }))}
        />
      )
    case 'confirmed':
      return (
        <Radios
          {...common}
          label="Who signs"
          options={[
            { value: 'alone', label: 'I alone, in an emergency', hint: 'At once, for 72 hours at most' },
            {
              value: 'two',
              label: 'I and a second person',
              hint: 'Once they have approved it; for as long as you say',
            },
          ]}
        />
      )
    case 'ends':
      return (
        <Radios
          {...common}
          label="When it ends"
          options={[
            { value: 'at', label: 'By itself, at the time below' },
            {
              value: 'lifted',
              label: 'When it is lifted',
              hint: 'Needs a second person; the time below is left aside',
            },
          ]}
        />
      )
    case 'expiresAt':
    case 'reviewBy':
      return (
        <TextInput
          {...common}
          label={name === 'expiresAt' ? 'Ends at (UTC)' : 'Review by (UTC)'}
          hint={
            name === 'expiresAt'
              ? 'From this minute on it no longer holds'
              : 'By when somebody looks at it again; not after the end'
          }
          type="datetime-local"
          className="max-w-60"
        />
      )
    case 'to':
      return (
        <AddressField
          {...common}
          label="To account"
          hint="Registered and able to receive: 0x and 40 hexadecimal digits"
        />
      )
    case 'amount':
      return <AmountField {...common} page={page} />
    default:
      return <ChoiceField name={name} page={page} answers={answers} error={error} />
  }
}

function ChoiceField({ name, page, answers, error }: FieldProps) {
  const value = answers[name] ?? ''
  const common = { name, defaultValue: value, error }
  switch (name) {
    case 'flagged':
      return (
        <Radios
          {...common}
          label="What did screening find?"
          options={[
            { value: 'yes', label: 'A hit', hint: 'No account of the customer sends or receives' },
            { value: 'no', label: 'No hit, or it was a mistake', hint: 'Takes the flag away' },
          ]}
        />
      )
    case 'country':
      return (
        <Select
          {...common}
          label="Country"
          className="max-w-80"
          options={[{ value: '', label: 'Choose a country' }, ...(page.choices.country ?? [])]}
        />
      )
    case 'listed':
      return (
        <Radios
          {...common}
          label="On the list of the rule?"
          options={[
            { value: 'yes', label: 'On the list' },
            { value: 'no', label: 'Not on the list' },
          ]}
        />
      )
    case 'bound':
      return (
        <Radios
          {...common}
          label="New cap"
          options={[
            { value: 'amount', label: 'A number' },
            { value: 'none', label: 'No cap', hint: 'Leave the number empty' },
          ]}
        />
      )
    default:
      return <ControlField name={name} page={page} answers={answers} error={error} />
  }
}

type AmountProps = { name: string; defaultValue: string; error?: string; page: MeasureProposalPage }

function AmountField({ page, ...common }: AmountProps) {
  const isCap = page.kind === 'supply-cap' || page.kind === 'holder-cap'
  const hint =
    page.kind === 'freeze-amount'
      ? 'In all, in place of what is frozen now; 0 frees all. May be more than it holds'
      : page.kind === 'preapproval'
        ? 'Exactly this much: a transfer of less is not this one'
        : page.kind === 'forced-transfer'
          ? 'Not more than the account holds. Free units go first, frozen ones for the rest'
          : 'Inclusive'
  const suffix = page.kind === 'holder-cap' ? 'identities' : page.subject?.symbol
  return (
    <TextInput
      {...common}
      label={isCap ? 'Cap' : 'Amount'}
      hint={hint}
      suffix={suffix}
      inputMode="decimal"
      autoComplete="off"
      className="max-w-60 text-right tabular-nums"
    />
  )
}

const accountsOf = (page: MeasureProposalPage) =>
  (page.customer?.accounts ?? []).map((address) => ({ value: address, label: checksum(address) }))
