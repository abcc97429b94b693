import { momentOf } from '@/components/measures/measure-words'
import type { Answers, Checked } from '@/components/orders/use-proposal'
import { WholeAddress } from '@/components/ui/address'
import type { SummaryItem } from '@/components/ui/summary-list'
import { checksum } from '@/lib/format/address'
import type { ChoiceName } from '@/lib/queries/control-proposal'
import type { MeasureProposalPage } from '@/lib/queries/measure-proposal'
import { roleNames } from './fields'

/** What was answered of orders about code, rules and the suite itself; nothing of other kinds. */
export function controlItems(page: MeasureProposalPage, answers: Answers): SummaryItem[] {
  const address = (term: string, name: string): SummaryItem => ({
    term,
    detail: answers[name] ? <WholeAddress address={answers[name]} /> : 'None',
  })
  const chosen = (term: string, name: ChoiceName): SummaryItem => ({
    term,
    detail: page.choices[name]?.find(({ value }) => value === answers[name])?.label,
  })
  switch (page.kind) {
    case 'country':
    case 'country-rule':
      return [chosen('Country', 'country')]
    case 'preapproval':
      return [address('From account', 'from')]
    case 'upgrade':
      return answers.step === 'new' ? [address('New code', 'implementation')] : []
    case 'trusted-issuer':
      return [address('Issuer', 'issuer'), { term: 'Topic', detail: answers.topic }]
    case 'claim-topic':
      return [{ term: 'Topic', detail: answers.topic }]
    case 'roles':
      return [address('Wallet', 'wallet'), chosen('Person', 'person')]
    case 'deputy':
      return [chosen('Stood in for', 'principal'), chosen('Deputy', 'delegate')]
    case 'signatures':
      return [chosen('Kind of order', 'ofKind')]
    default:
      return []
  }
}

/** How it stands and how it will, as the server judged both. */
export function controlState(
  { kind }: MeasureProposalPage,
  { before, after }: Checked,
  amount: string,
): [string, string] {
  const yesNo = (flag: string | undefined, yes: string, no: string) => (flag === 'true' ? yes : no)
  switch (kind) {
    case 'preapproval': {
      const allowed = (until = '0') =>
        until === '0' ? 'Not allowed' : `${amount} once, until ${endOf(until)}`
      return [allowed(before.until), allowed(after.until)]
    }
    case 'rate':
      return [`${before.numerator} to ${before.denominator}`, `${after.numerator} to ${after.denominator}`]
    case 'compliance':
      return [checksum(before.compliance ?? ''), checksum(after.compliance ?? '')]
    case 'upgrade': {
      const now = before.scheduled
        ? `Scheduled: ${checksum(before.scheduled)}`
        : `In force: ${checksum(before.implementation ?? '')}`
      const then = {
        new: 'Scheduled; two days at least until it is in force',
        cancel: 'Nothing is scheduled',
      }
      return [
        now,
        then[after.step as 'new' | 'cancel'] ?? `In force at once: ${checksum(before.previous ?? '')}`,
      ]
    }
    case 'trusted-issuer':
      return [yesNo(before.trusted, 'Trusted', 'Not trusted'), yesNo(after.trusted, 'Trusted', 'Not trusted')]
    case 'claim-topic':
      return [yesNo(before.required, 'Needed', 'Not needed'), yesNo(after.required, 'Needed', 'Not needed')]
    case 'roles':
      return [rolesIn(before.roles), rolesIn(after.roles)]
    case 'deputy': {
      const acts = ({ startsAt = '0', until = '0' }: Answers) =>
        until === '0' ? 'Acts for nobody' : `Acts from ${endOf(startsAt)} until ${endOf(until)}`
      return [acts(before), acts(after)]
    }
    case 'signatures':
      return [before.signatures ?? '', after.signatures ?? '']
    default:
      return ['', '']
  }
}

const rolesIn = (word = '0') =>
  roleNames.filter((_, bit) => (BigInt(word) >> BigInt(bit)) & 1n).join(', ') || 'none'
const endOf = (seconds: string) => momentOf(new Date(Number(seconds) * 1000).toISOString())
