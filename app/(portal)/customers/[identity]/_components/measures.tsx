import { kindTitles } from '@/components/measures/kind-words'
import { MeasuresTable } from '@/components/measures/measures-table'
import { ButtonLink } from '@/components/ui/button'
import { customerKinds } from '@/lib/compliance/measures'
import type { CustomerPage } from '@/lib/queries/customer'

/** Freezes of the customer's accounts, and what an officer may propose. */
export function Measures({ customer }: { customer: CustomerPage }) {
  const { identity, reference, measures, accounts, mayMeasure } = customer
  return (
    <>
      {mayMeasure && accounts.length > 0 && (
        <ul aria-label="Propose" className="no-print flex flex-wrap gap-2 px-4 pb-3">
          {customerKinds.map((kind) => (
            <li key={kind}>
              <ButtonLink size="small" href={`/measures/propose?kind=${kind}&identity=${identity}`}>
                {kindTitles[kind].label}
              </ButtonLink>
            </li>
          ))}
        </ul>
      )}
      <MeasuresTable
        caption={`Freezes of accounts of ${reference ?? 'this customer'}, newest first`}
        rows={measures}
        about={false}
        empty="No account of this customer was ever frozen."
      />
    </>
  )
}
