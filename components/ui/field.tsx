import clsx from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

type FieldProps = {
  /** Also the id of the input: error summaries link to it. */
  name: string
  label: ReactNode
  hint?: ReactNode
  error?: string
  /** The label is for assistive technology only. */
  hideLabel?: boolean
}

const inputLook = (error?: string) =>
  clsx(
    'min-h-9 rounded-4 border bg-surface px-2.5 text-14 text-ink disabled:bg-subtle disabled:text-secondary',
    error ? 'border-2 border-breach' : 'border-control',
  )

const describedBy = (name: string, hint: ReactNode, error?: string) =>
  [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ') || undefined

/** Label, hint, error, input: in that order, as GOV.UK found people read them. */
export function Field({
  name,
  label,
  hint,
  error,
  hideLabel,
  children,
}: FieldProps & { children: ReactNode }) {
  return (
    <div className={clsx('min-w-0', error && 'border-l-4 border-breach pl-3')}>
      <label htmlFor={name} className={hideLabel ? 'sr-only' : 'mb-1 block font-medium'}>
        {label}
      </label>
      <Hints name={name} hint={hint} error={error} />
      {children}
    </div>
  )
}

function Hints({ name, hint, error }: Pick<FieldProps, 'name' | 'hint' | 'error'>) {
  return (
    <>
      {hint && (
        <p id={`${name}-hint`} className="mb-1 text-secondary">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${name}-error`} className="mb-1 font-medium text-breach">
          <span className="sr-only">Error: </span>
          {error}
        </p>
      )}
    </>
  )
}

type TextInputProps = FieldProps & Omit<ComponentProps<'input'>, 'name'> & { suffix?: ReactNode }

export function TextInput({
  name,
  label,
  hint,
  error,
  hideLabel,
  suffix,
  className,
  ...rest
}: TextInputProps) {
  return (
    <Field name={name} label={label} hint={hint} error={error} hideLabel={hideLabel}>
      <div className="flex items-center gap-2">
        <input
          id={name}
          name={name}
          type="text"
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(name, hint, error)}
          className={clsx(inputLook(error), 'w-full min-w-0', className)}
          {...rest}
        />
        {suffix && <span className="text-secondary">{suffix}</span>}
      </div>
    </Field>
  )
}

export function TextArea(props: FieldProps & Omit<ComponentProps<'textarea'>, 'name'>) {
  const { name, label, hint, error, hideLabel, className, rows = 4, ...rest } = props
  return (
    <Field name={name} label={label} hint={hint} error={error} hideLabel={hideLabel}>
      <textarea
        id={name}
        name={name}
        rows={rows}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, hint, error)}
        className={clsx(inputLook(error), 'block w-full py-2', className)}
        {...rest}
      />
    </Field>
  )
}

export type Option = { value: string; label: string; hint?: ReactNode }

export function Select(
  props: FieldProps & Omit<ComponentProps<'select'>, 'name'> & { options: readonly Option[] },
) {
  const { name, label, hint, error, hideLabel, options, className, ...rest } = props
  return (
    <Field name={name} label={label} hint={hint} error={error} hideLabel={hideLabel}>
      <select
        id={name}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, hint, error)}
        className={clsx(inputLook(error), 'block w-full', className)}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

type RadiosProps = Omit<FieldProps, 'hideLabel'> & {
  options: readonly Option[]
  defaultValue?: string
  onChange?: ComponentProps<'input'>['onChange']
}

/** The first radio bears the id, so that an error summary lands on it. */
export function Radios({ name, label, hint, error, options, defaultValue, onChange }: RadiosProps) {
  return (
    <fieldset
      aria-describedby={describedBy(name, hint, error)}
      className={clsx(error && 'border-l-4 border-breach pl-3')}
    >
      <legend className="mb-1 font-medium">{label}</legend>
      <Hints name={name} hint={hint} error={error} />
      <div className="space-y-1">
        {options.map((option, index) => (
          <div key={option.value} className="flex gap-2.5">
            <input
              type="radio"
              id={index === 0 ? name : `${name}-${option.value}`}
              name={name}
              value={option.value}
              defaultChecked={option.value === defaultValue}
              onChange={onChange}
              aria-describedby={option.hint ? `${name}-${option.value}-hint` : undefined}
              className="mt-1 size-5 shrink-0"
            />
            <label htmlFor={index === 0 ? name : `${name}-${option.value}`} className="min-h-7 py-1">
              {option.label}
              {option.hint && (
                <span id={`${name}-${option.value}-hint`} className="block text-secondary">
                  {option.hint}
                </span>
              )}
            </label>
          </div>
        ))}
      </div>
    </fieldset>
  )
}

export function Checkbox({
  name,
  label,
  error,
  ...rest
}: FieldProps & Omit<ComponentProps<'input'>, 'name'>) {
  return (
    <div className={clsx(error && 'border-l-4 border-breach pl-3')}>
      <Hints name={name} hint={undefined} error={error} />
      <div className="flex gap-2.5">
        <input
          type="checkbox"
          id={name}
          name={name}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(name, undefined, error)}
          className="mt-0.5 size-5 shrink-0"
          {...rest}
        />
        <label htmlFor={name} className="min-h-6 py-0.5">
          {label}
        </label>
      </div>
    </div>
  )
}
