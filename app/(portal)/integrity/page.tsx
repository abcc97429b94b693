import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { requireOfficer } from '@/lib/auth/require-officer'
import { plural } from '@/lib/format/number'
import { getIntegrityPage } from '@/lib/queries/integrity'
import { HoldersTable } from './_components/holders-table'
import { IndexFacts } from './_components/index-facts'
import { MismatchesTable } from './_components/mismatches-table'
import { NodesTable } from './_components/nodes-table'
import { ReconciliationsTable } from './_components/reconciliations-table'
import { TablesCard } from './_components/tables-card'

export const metadata: Metadata = { title: 'Integrity' }

export default async function IntegrityPageView() {
  const officer = await requireOfficer()
  const result = await getIntegrityPage(officer, new Date())
  if (!result.ok) notFound()
  const { asOf, index, tables, nodes, reconciliations, holders, holdersAsked, isHoldersCut } = result.value
  const last = reconciliations[0]
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Authority', href: '/' }, { label: 'Ledger' }]}
        title="Integrity"
        asOf={asOf}
      >
        Whether what these pages say is what the chain says.
      </PageHeader>
      <div className="space-y-4">
        {index?.halted && (
          <div id="halted">
            <Notice status="breach" title="Why the index has stopped">
              <p>{index.halted}</p>
              <p className="mt-1">Once the cause is gone the worker goes on by itself.</p>
            </Notice>
          </div>
        )}
        {last && last.mismatches.length > 0 && (
          <Notice
            status="breach"
            title={`${plural(last.mismatches.length, 'value')} of ours ${last.mismatches.length === 1 ? 'differs' : 'differ'} from the chain`}
          >
            Read again at block {last.block}. Do not rely on the figures below before this is explained.
          </Notice>
        )}
        {index?.doubt && (
          <Notice status="breach" title="No report is made until a complete comparison finds no difference">
            {index.doubt}.
          </Notice>
        )}
        <IndexFacts index={index} last={last} />
        {last && last.mismatches.length > 0 && (
          <Card title="What differs" id="differs" flush>
            <MismatchesTable rows={last.mismatches} />
          </Card>
        )}
        <Card title="Nodes" id="nodes" flush>
          <NodesTable rows={nodes} />
        </Card>
        <Card title="Reconciliations" id="reconciliations" flush>
          <ReconciliationsTable rows={reconciliations} />
        </Card>
        {tables && <TablesCard tables={tables} />}
        <Card title="Check it yourself" id="check">
          <p className="max-w-[80ch]">
            <code className="font-mono text-12">npm run verify:index</code> prints a digest of each table as
            it stands and of a clean re-index from the chain beside it. Equal digests say that every row is
            the same.
          </p>
        </Card>
        <Card title="Holders who may not move what they hold" id="holders" flush>
          <HoldersTable rows={holders} asked={holdersAsked} isCut={isHoldersCut} />
        </Card>
      </div>
    </>
  )
}
