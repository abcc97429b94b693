import { Address } from '@/components/ui/address'
import { Link } from '@/components/ui/link'
import type { SummaryItem } from '@/components/ui/summary-list'
import { groupDigits } from '@/lib/format/number'
import type { CustomerPage } from '@/lib/queries/customer'

export const summaryOf = ({
  identity,
  name,
  firm,
  country,
  tier,
  since,
  evidence,
}: CustomerPage): SummaryItem[] => [
  { term: 'Name', detail: name ?? 'The firm has given none' },
  { term: 'Firm', detail: <Link href={`/firms/${firm.id}`}>{firm.name}</Link> },
  { term: 'Country', detail: country },
  { term: 'Tier', detail: tier === 0 ? 'None yet' : String(tier) },
  { term: 'Identity', detail: <Address address={identity} size="full" /> },
  { term: 'Registered', detail: `In block ${groupDigits(since)}` },
  {
    term: 'Evidence',
    detail: (
      <>
        <span className="font-mono text-12 [overflow-wrap:anywhere]">{evidence}</span>
        <span className="block text-12 text-secondary">
          A commitment: the documents themselves are not on the ledger
        </span>
      </>
    ),
  },
]
