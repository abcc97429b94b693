import { kindTitles } from '@/components/measures/kind-words'
import { momentOf } from '@/components/measures/measure-words'
import type { Answers, Checked } from '@/components/orders/use-proposal'
import { WholeAddress } from '@/components/ui/address'
import type { SummaryItem } from '@/components/ui/summary-list'
import { formatAmount, maxAmount } from '@/lib/format/amount'
import { groupDigits } from '@/lib/format/number'
import type { MeasureProposalPage } from '@/lib/queries/measure-proposal'
import { controlItems, controlState } from './control-items'

/** What was answered, with what stands now and what it becomes as the server judged both. */
export function answerItems(page: MeasureProposalPage, answers: Answers, checked: Checked): SummaryItem[] {
  const { kind, customer, subject } = page
  const [now, then] = stateOf(page, checked)
  return [
    { term: 'Measure', detail: kindTitles[kind].label },
    ...(customer || subject
      ? [{ term: customer ? 'Customer' : 'Instrument', detail: customer?.name ?? subject?.symbol }]
      : []),
    ...controlItems(page, answers),
    ...(answers.account ? [whole(kind === 'recover' ? 'Lost account' : 'Account', answers.account)] : []),
    ...(answers.replacement ? [whole('Account that takes over', answers.replacement)] : []),
    ...(answers.to ? [whole('To account', answers.to)] : []),
    ...(checked.before.toName ? [{ term: 'Of customer', detail: checked.before.toName }] : []),
    ...(customer && answers.instrument ? [{ term: 'Instrument', detail: checked.before.symbol }] : []),
    { term: 'Now', detail: now },
    { term: 'After', detail: <strong className="font-semibold">{then}</strong> },
    ...(checked.after.reviewBy ? [{ term: 'Review by', detail: endOf(checked.after.reviewBy) }] : []),
  ]
}

const whole = (term: string, address: string): SummaryItem => ({
  term,
  detail: <WholeAddress address={address} />,
})

const countryIn = ({ choices }: MeasureProposalPage, number: string | undefined) =>
  choices.country?.find(({ value }) => value === number)?.label ?? ''

function stateOf(
  page: MeasureProposalPage,
  { before, after, signatures }: Checked,
): [now: string, then: string] {
  const units = (text = '0') => `${formatAmount(text, Number(before.decimals ?? 0))} ${before.symbol ?? ''}`
  switch (page.kind) {
    case 'freeze':
    case 'unfreeze':
      return [standing('Frozen', 'Free', before.until), standing('Frozen', 'Free', after.until)]
    case 'pause':
    case 'unpause':
      return [standing('Paused', 'Open', before.until), standing('Paused', 'Open', after.until)]
    case 'freeze-amount': {
      const held = `of ${units(before.balance)} held`
      return [`${units(before.amount)} frozen, ${held}`, `${units(after.amount)} frozen, ${held}`]
    }
    case 'forced-transfer':
      return [`Holds ${units(before.balance)}`, `Holds ${units(after.balance)}: ${units(after.amount)} moved`]
    case 'recover':
      return [`Holds ${units(before.balance)}`, 'Retired: all it held is with the other account']
    case 'screening':
      return [yesNo(before.flagged, 'Flagged', 'Not flagged'), yesNo(after.flagged, 'Flagged', 'Not flagged')]
    case 'country':
      return [page.customer?.country ?? '', countryIn(page, after.country)]
    case 'country-rule':
      return [
        yesNo(before.listed, 'On the list', 'Not on the list'),
        yesNo(after.listed, 'On the list', 'Not on the list'),
      ]
    case 'supply-cap':
      return [capOf(before.cap, units), capOf(after.cap, units)]
    case 'holder-cap':
      return [capOf(before.cap, identities), capOf(after.cap, identities)]
    default:
      return controlState(page, { before, after, signatures }, units(after.amount))
  }
}

const identities = (text: string) => `${groupDigits(text)} identities`
const capOf = (cap = '0', say: (text: string) => string) => (BigInt(cap) === maxAmount ? 'No cap' : say(cap))
const yesNo = (flag: string | undefined, yes: string, no: string) => (flag === 'true' ? yes : no)

const standing = (held: string, free: string, until = '0') =>
  until === '0'
    ? free
    : `${held} ${BigInt(until) === untilLifted ? 'until it is lifted' : `until ${endOf(until)}`}`

const untilLifted = 2n ** 64n - 1n
const endOf = (seconds: string) => momentOf(new Date(Number(seconds) * 1000).toISOString())
