import clsx from 'clsx'
import NextLink from 'next/link'
import type { ComponentProps } from 'react'

type Props = Omit<ComponentProps<typeof NextLink>, 'prefetch'> & { quiet?: boolean }

/**
 * The one link. It does not prefetch: a table of fifty rows would ask the database fifty pages that nobody reads,
 * and the journal would say that somebody had looked at them.
 */
export function Link({ quiet = false, className, ...rest }: Props) {
  return (
    <NextLink
      prefetch={false}
      className={clsx(
        'underline-offset-2 hover:underline',
        quiet ? 'text-secondary' : 'text-link',
        className,
      )}
      {...rest}
    />
  )
}
