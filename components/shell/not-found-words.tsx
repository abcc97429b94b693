import { ButtonLink } from '../ui/button'

/** The same answer for what does not exist and for what is not this person's to see. */
export function NotFoundWords() {
  return (
    <>
      <h1 className="text-24 font-semibold">There is no such page</h1>
      <p className="mt-2 text-16 text-secondary">
        The address may be mistyped, or what it names is not in your view of the ledger. Search finds
        transactions, addresses, firms, customers and orders.
      </p>
      <div className="mt-6">
        <ButtonLink href="/">Go to the overview</ButtonLink>
      </div>
    </>
  )
}
