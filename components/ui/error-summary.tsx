'use client'

import { useEffect, useRef } from 'react'

/** `field` is the name of the input; an empty one is an error of the whole form. */
export type FormError = { field: string; message: string }

/** The errors of a Refusal's `fields`, or its message when it points at none. */
export const formErrors = (refusal: { message: string; fields?: Record<string, string> }): FormError[] => {
  const fields = Object.entries(refusal.fields ?? {})
  return fields.length > 0
    ? fields.map(([field, message]) => ({ field, message }))
    : [{ field: '', message: refusal.message }]
}

/** Above the form; takes focus whenever a submission failed, and each line leads to its field. */
export function ErrorSummary({
  errors,
  title = 'There is a problem',
}: {
  errors: FormError[]
  title?: string
}) {
  const box = useRef<HTMLDivElement>(null)
  const key = errors.map(({ field, message }) => `${field}:${message}`).join('\n')
  useEffect(() => {
    if (key) box.current?.focus()
  }, [key])
  if (errors.length === 0) return null
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="mb-5 rounded-4 border-2 border-breach bg-surface px-4 py-3"
    >
      <h2 className="text-16 font-semibold">{title}</h2>
      <ul className="mt-1 space-y-1">
        {errors.map(({ field, message }) => (
          <li key={`${field}:${message}`} className="font-medium text-breach">
            {field ? (
              <a href={`#${field}`} className="underline underline-offset-2">
                {message}
              </a>
            ) : (
              message
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
