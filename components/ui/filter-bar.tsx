import { SlidersHorizontal, X } from 'lucide-react'
import Form from 'next/form'
import NextLink from 'next/link'
import type { ReactNode } from 'react'
import { Button, ButtonLink, buttonLook } from './button'
import { Link } from './link'

/** A filter in force, in words, and the address without it. */
export type FilterTag = { label: string; value: string; remove: string }

type Props = {
  /** The page's own path; also where "Clear all" leads. */
  action: string
  tags: readonly FilterTag[]
  /** 'about 6,100 match'. */
  total?: string
  /** Search parameters that submitting must keep, such as the sort. */
  keep?: Record<string, string | readonly string[]>
  actions?: ReactNode
  /** The fields, as TextInput and Select. */
  children: ReactNode
  /** Opened when a field is wrong. */
  open?: boolean
}

/** The URL is the state: a GET form that works without scripts, and a tag for each filter that takes it away. */
export function FilterBar({ action, tags, total, keep = {}, actions, children, open = false }: Props) {
  return (
    <search className="no-print relative mb-3 flex flex-wrap items-center gap-2">
      <details className="group open:w-full open:pb-1" open={open} suppressHydrationWarning>
        <summary className="inline-block rounded-4">
          <span className={buttonLook()}>
            <SlidersHorizontal aria-hidden="true" className="size-4" />
            Filters
          </span>
        </summary>
        {/* A new filter begins at the first page: no cursor is kept. */}
        <Form
          key={JSON.stringify(tags)}
          action={action}
          className="mt-2 rounded-4 border border-hairline bg-surface p-4"
        >
          <HiddenInputs values={keep} />
          <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">{children}</div>
          <div className="mt-4 flex gap-2">
            <Button kind="primary" type="submit">
              Apply filters
            </Button>
            <ButtonLink href={action} kind="quiet">
              Clear all
            </ButtonLink>
          </div>
        </Form>
      </details>
      {tags.length > 0 && (
        <ul aria-label="Filters in force" className="contents">
          {tags.map((tag) => (
            <li
              key={`${tag.label} ${tag.value}`}
              className="inline-flex min-h-7 items-center rounded-4 border border-hairline bg-surface pl-2.5"
            >
              <b className="mr-2 font-medium">{tag.label}</b>
              {tag.value}
              <NextLink
                href={tag.remove}
                prefetch={false}
                aria-label={`Remove filter ${tag.label} ${tag.value}`}
                className="ml-1 inline-flex size-7 items-center justify-center rounded-4 text-secondary hover:text-ink"
              >
                <X aria-hidden="true" className="size-3.5" />
              </NextLink>
            </li>
          ))}
        </ul>
      )}
      {tags.length > 0 && <Link href={action}>Clear all</Link>}
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {total && <span className="text-secondary">{total}</span>}
        {actions}
      </div>
    </search>
  )
}

/** What a GET form must carry along so that submitting it does not forget it. */
export function HiddenInputs({ values }: { values: Record<string, string | readonly string[] | undefined> }) {
  return Object.entries(values).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => <input key={`${name} ${one}`} type="hidden" name={name} value={one} />),
  )
}
