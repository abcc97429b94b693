import clsx from 'clsx'
import NextLink from 'next/link'
import type { ComponentProps } from 'react'

/** 'primary' at most once a page; 'danger' for what cannot be taken back. */
export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'small' | 'medium' | 'large'

const kinds: Record<ButtonKind, string> = {
  primary: 'border-action bg-action text-on-action hover:opacity-90',
  secondary: 'border-control bg-surface text-ink hover:bg-subtle',
  quiet: 'border-transparent bg-transparent text-link hover:underline underline-offset-2',
  danger: 'border-breach bg-surface text-breach hover:bg-breach-tint',
}
const sizes: Record<ButtonSize, string> = {
  small: 'min-h-7 px-2.5 text-12',
  medium: 'min-h-9 px-3.5 text-14',
  large: 'min-h-11 px-5 text-16',
}

/** For what looks like a button and is something else, such as a summary or a label. */
export const buttonLook = (kind: ButtonKind = 'secondary', size: ButtonSize = 'medium') =>
  clsx(
    'inline-flex items-center justify-center gap-2 rounded-4 border font-medium whitespace-nowrap',
    'disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50',
    kinds[kind],
    sizes[size],
  )

type Look = { kind?: ButtonKind; size?: ButtonSize }

export function Button({ kind, size, className, type = 'button', ...rest }: ComponentProps<'button'> & Look) {
  return <button type={type} className={clsx(buttonLook(kind, size), className)} {...rest} />
}

export function ButtonLink({ kind, size, className, ...rest }: ComponentProps<typeof NextLink> & Look) {
  return <NextLink prefetch={false} className={clsx(buttonLook(kind, size), className)} {...rest} />
}
