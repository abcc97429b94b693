import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Card } from '@/components/ui/card'
import type { FormError } from '@/components/ui/error-summary'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { previewWatch, type WatchPreview } from '@/lib/acts/watch-instrument'
import { watchInstrumentSchema } from '@/lib/acts/watch-instrument.schema'
import type { Officer } from '@/lib/auth/officer'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getWatchPage } from '@/lib/queries/watched'
import { CheckToken } from './_components/check-token'
import { type Given, TokenForm } from './_components/token-form'

export const metadata: Metadata = { title: 'Watch an instrument' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Two steps in one address: which contract, and what it was found to be, before anybody has it watched. */
export default async function WatchInstrumentPage({ searchParams }: Props) {
  const officer = await requireOfficer()
  const params = await searchParams
  const result = await getWatchPage(officer)
  if (!result.ok) notFound()
  const read = (name: string) => [params[name]].flat()[0]?.trim().slice(0, 100) ?? ''
  const given = { address: read('address'), name: read('name'), startBlock: read('startBlock') }
  const { errors, preview } =
    params.address === undefined ? { errors: [], preview: null } : await answer(officer, given)
  return (
    <>
      <PageHeader
        crumbs={[homeOf(officer), { label: 'Instruments', href: '/instruments' }]}
        title="Watch an instrument"
        asOf={result.value.asOf}
      >
        A token that this ledger did not deploy: its transfers, freezes and refusals are indexed from the
        block of its deployment. Nobody here gets any power over it.
      </PageHeader>
      <div className="max-w-180 space-y-4">
        <Card title="Which contract" id="token">
          <TokenForm given={given} errors={errors} isAnswered={preview !== null} />
        </Card>
        {preview && <CheckToken preview={preview} input={given} />}
      </div>
    </>
  )
}

async function answer(
  officer: Officer,
  given: Given,
): Promise<{ errors: FormError[]; preview: WatchPreview | null }> {
  const parsed = watchInstrumentSchema.safeParse(given)
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({ field: String(path[0] ?? ''), message }))
    return { errors, preview: null }
  }
  const result = await previewWatch(officer, parsed.data)
  if (result.ok) return { errors: [], preview: result.value }
  const { fields, message } = result.refusal
  const errors = Object.entries(fields ?? { address: message })
  return { errors: errors.map(([field, text]) => ({ field, message: text })), preview: null }
}
