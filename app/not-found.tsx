import { ButtonLink } from '@/components/ui/button'
import { Mark } from '@/components/ui/mark'

export const metadata = { title: 'Not found' }

/** The same answer for what does not exist and for what is not yours to see. */
export default function NotFound() {
  return (
    <main className="mx-auto max-w-160 px-6 py-16">
      <Mark size={32} />
      <h1 className="mt-4 text-24 font-semibold">There is no such page</h1>
      <p className="mt-2 text-16 text-secondary">
        The address may be mistyped, or what it names is not in your view of the ledger. Search finds
        transactions, addresses, firms, customers and orders.
      </p>
      <div className="mt-6">
        <ButtonLink href="/">Go to the overview</ButtonLink>
      </div>
    </main>
  )
}
