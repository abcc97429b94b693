import NextLink from 'next/link'
import { Card } from '@/components/ui/card'
import { Chip } from '@/components/ui/chip'
import { Counted } from '@/components/ui/counted'
import { Link } from '@/components/ui/link'
import { Time } from '@/components/ui/time'
import { isCapped, pluralUpTo } from '@/lib/format/number'
import type { OverviewPage } from '@/lib/queries/overview'
import type { Todo } from '@/lib/queries/overview-todo'

/** What waits for this person, each line the way to it. */
export function NeedsYou({ page }: { page: OverviewPage }) {
  const isAuthority = page.side === 'authority'
  return (
    <Card title="Needs you" id="needs" action={isAuthority && <Link href="/orders">All orders</Link>} flush>
      {page.todo.length === 0 ? (
        <p className="border-t border-hairline px-4 py-4 text-secondary">Nothing waits for you.</p>
      ) : (
        <ul>
          {page.todo.map((todo) => (
            <li key={'reference' in todo ? todo.reference : todo.kind} className="border-t border-hairline">
              <NextLink
                href={hrefOf(todo)}
                prefetch={false}
                className="grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1 px-4 py-2.5 outline-offset-[-3px] hover:bg-subtle"
              >
                <span>{chipOf(todo)}</span>
                <span className="text-12 text-secondary">
                  {'since' in todo ? (
                    <Time at={todo.since} as="age" />
                  ) : (
                    <Counted count={todo.count} isCapped={isCapped(todo.count)} />
                  )}
                </span>
                <span className="col-span-2 leading-[18px]">{wordsOf(todo, isAuthority)}</span>
              </NextLink>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function chipOf(todo: Todo) {
  switch (todo.kind) {
    case 'approve':
      return <Chip status="pending">Approve</Chip>
    case 'sign':
      return <Chip status="pending">Sign</Chip>
    case 'kyc':
      return <Chip status="info">KYC</Chip>
    case 'expired':
      return <Chip status="warning">KYC expired</Chip>
  }
}

function wordsOf(todo: Todo, isAuthority: boolean): string {
  switch (todo.kind) {
    case 'approve':
    case 'sign':
      return todo.title
    case 'kyc':
      return isAuthority
        ? `${pluralUpTo(todo.count, 'decision waits', 'decisions wait')} for one signature`
        : `${pluralUpTo(todo.count, 'customer waits', 'customers wait')} for the authority’s decision`
    case 'expired':
      return `${pluralUpTo(todo.count, 'customer', 'customers')} cannot send or receive until verified again`
  }
}

function hrefOf(todo: Todo): string {
  switch (todo.kind) {
    case 'approve':
    case 'sign':
      return `/orders/${todo.reference}`
    case 'kyc':
      return '/customers?standing=pending'
    case 'expired':
      return '/customers?standing=expired'
  }
}
