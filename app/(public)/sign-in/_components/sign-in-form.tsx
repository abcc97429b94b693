'use client'

import { type FormEvent, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorSummary, type FormError, formErrors } from '@/components/ui/error-summary'
import { TextInput } from '@/components/ui/field'
import type { Demonstration, DemonstrationAccount } from '@/lib/queries/demonstration'
import { DemonstrationAccounts } from './demonstration-accounts'
import { sendCredentials } from './send-credentials'

type Props = { destination: string; demonstration: Demonstration | null }

export function SignInForm({ destination, demonstration }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useState<FormError[]>([])
  const [isSending, setSending] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const entered = new FormData(event.currentTarget)
    const username = String(entered.get('username') ?? '')
    const password = String(entered.get('password') ?? '')
    const missing = [
      ...(username.trim() ? [] : [{ field: 'username', message: 'Enter your username' }]),
      ...(password ? [] : [{ field: 'password', message: 'Enter your password' }]),
    ]
    setErrors(missing)
    if (missing.length > 0) return
    setSending(true)
    const refusal = await sendCredentials(username, password)
    // A whole new page: nothing that was fetched for somebody else stays in this one's memory.
    if (!refusal) return window.location.assign(destination)
    setSending(false)
    setErrors(formErrors(refusal))
  }

  function fill({ username }: DemonstrationAccount) {
    const fields = form.current?.elements
    const set = (name: string, value: string) => {
      const input = fields?.namedItem(name)
      if (input instanceof HTMLInputElement) input.value = value
    }
    set('username', username)
    set('password', demonstration?.password ?? '')
    setErrors([])
    form.current?.querySelector<HTMLButtonElement>('button[type=submit]')?.focus()
  }

  const errorOf = (name: string) => errors.find(({ field }) => field === name)?.message
  return (
    <div className={demonstration ? 'mt-6 grid gap-10 md:grid-cols-[minmax(0,320px)_1fr]' : 'mt-6 max-w-80'}>
      {/* Were it sent before the script runs, a POST keeps the password out of the address. */}
      <form
        ref={form}
        onSubmit={submit}
        method="post"
        action="/api/auth/callback/credentials"
        noValidate
        className="space-y-5"
      >
        <ErrorSummary errors={errors} />
        <TextInput
          name="username"
          label="Username"
          error={errorOf('username')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextInput
          name="password"
          label="Password"
          error={errorOf('password')}
          type="password"
          autoComplete="current-password"
        />
        <Button type="submit" kind="primary" aria-disabled={isSending}>
          {isSending ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
      {demonstration && <DemonstrationAccounts accounts={demonstration.accounts} onChoose={fill} />}
    </div>
  )
}
