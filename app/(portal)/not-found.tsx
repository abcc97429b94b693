import type { Metadata } from 'next'
import { ButtonLink } from '@/components/ui/button'

export const metadata: Metadata = { title: 'Not found' }

/** The same answer for what does not exist and for what is not this person's to see. */
export default function NotFound() {
  return (
    <div className="max-w-160 py-8">
      <h1 className="text-24 font-semibold">There is no such page</h1>
      <p className="mt-2 text-16 text-secondary">
        The address may be mistyped, or what it names is not in your view of the ledger. Search finds
        transactions, addresses, firms, customers and orders.
      </p>
      <div className="mt-6">
        <ButtonLink href="/">Go to the overview</ButtonLink>
      </div>
    </div>
  )
}
