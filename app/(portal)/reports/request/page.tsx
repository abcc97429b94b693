import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Card } from '@/components/ui/card'
import { homeOf, PageHeader } from '@/components/ui/page-header'
import { requestReportSchema } from '@/lib/acts/reports.schema'
import { requireOfficer } from '@/lib/auth/require-officer'
import { getRegisterPreview } from '@/lib/queries/reports'
import { CheckAnswers } from '../_components/check-answers'
import { QuestionForm } from '../_components/question-form'

export const metadata: Metadata = { title: 'Request a transfer register' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Two steps in one address: the question, and what it would give, before anybody asks for the file. */
export default async function RequestReportPage({ searchParams }: Props) {
  const officer = await requireOfficer()
  const params = await searchParams
  const read = (name: string) => [params[name]].flat()[0]?.trim().slice(0, 60) ?? ''
  const given = {
    firm: officer.firmId === null ? read('firm') : String(officer.firmId),
    from: read('from'),
    until: read('until'),
  }
  const isAsked = params.from !== undefined
  const parsed = requestReportSchema.safeParse(given)
  const question = parsed.success
    ? {
        firm: parsed.data.firm === 'all' ? null : Number(parsed.data.firm),
        from: new Date(parsed.data.from),
        until: new Date(parsed.data.until),
      }
    : null
  const result = await getRegisterPreview(officer, question)
  if (!result.ok) notFound()
  const { asOf, firms, most, answer } = result.value
  const errors =
    isAsked && !parsed.success
      ? parsed.error.issues.map(({ path, message }) => ({ field: String(path[0] ?? ''), message }))
      : []
  return (
    <>
      <PageHeader
        crumbs={[homeOf(officer), { label: 'Reports', href: '/reports' }]}
        title="Request a transfer register"
        asOf={asOf}
      >
        Every settled transfer of a period, as a CSV file that verifies by itself and against the chain.
      </PageHeader>
      <div className="max-w-180 space-y-4">
        <Card title="What should be in it" id="question">
          <QuestionForm
            firms={firms}
            given={isAsked ? given : { ...given, ...thisMonth(asOf.time) }}
            mayChooseAll={officer.firmId === null}
            errors={errors}
            isAnswered={answer !== null}
            most={most}
          />
        </Card>
        {answer && parsed.success && <CheckAnswers answer={answer} most={most} input={parsed.data} />}
      </div>
    </>
  )
}

/** The month of the block, up to and with its day: what is asked for most. */
const thisMonth = (time: string) => ({
  from: `${time.slice(0, 7)}-01`,
  until: new Date(Date.parse(time) + 86_400_000).toISOString().slice(0, 10),
})
