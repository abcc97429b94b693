import type { ReactNode } from 'react'
import { type Status, StatusWord } from '@/components/ui/chip'
import { Time } from '@/components/ui/time'
import { groupDigits, plural } from '@/lib/format/number'
import type { IntegrityPage, ReconciliationRow } from '@/lib/queries/integrity'

type Props = { index: IntegrityPage['index']; last: ReconciliationRow | undefined }

/** Blocks behind the node from which the index counts as late. */
const lateFrom = 5n

/** The four answers that matter, in one look. */
export function IndexFacts({ index, last }: Props) {
  return (
    <dl className="grid divide-y divide-hairline rounded-4 border border-hairline bg-surface sm:grid-cols-2 sm:divide-y-0 lg:grid-cols-4">
      <Fact term="Indexed to">
        {index ? groupDigits(index.block) : 'Nothing yet'}
        {index && (
          <Small>
            written <Time at={index.updatedAt} as="age" />
          </Small>
        )}
      </Fact>
      <Fact term="Behind the node">
        <StatusWord status={lagStatus(index)}>
          {!index ? 'Unknown' : index.halted ? 'Stopped' : plural(BigInt(index.lag), 'block')}
        </StatusWord>
        {index && (
          <Small>
            {index.halted && `${plural(BigInt(index.lag), 'block')}: `}the node has{' '}
            {groupDigits(index.nodeHead)}
          </Small>
        )}
      </Fact>
      <Fact term="Finality">
        {finalityWord(index?.finality ?? 0)}
        <Small>{finalityMeaning(index?.finality ?? 0)}</Small>
      </Fact>
      <Fact term="Index against chain">
        <StatusWord status={agreement(last)}>{agreementWord(last)}</StatusWord>
        {last && (
          <Small>
            {groupDigits(last.checked)} values at block {groupDigits(last.block)},{' '}
            <Time at={last.at} as="age" />
          </Small>
        )}
      </Fact>
    </dl>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="px-4 py-3.5 lg:not-first:border-l lg:not-first:border-hairline">
      <dt className="text-12 text-secondary">{term}</dt>
      <dd className="mt-0.5 text-20 font-medium tabular-nums">{children}</dd>
    </div>
  )
}

const Small = ({ children }: { children: ReactNode }) => (
  <span className="block text-12 font-regular text-secondary">{children}</span>
)

type Finality = NonNullable<Props['index']>['finality']

const finalityWord = (finality: Finality): string =>
  finality === 'finalized' ? 'By the nodes' : finality === 0 ? 'At once' : plural(finality, 'block')

function finalityMeaning(finality: Finality): string {
  if (finality === 'finalized') return 'what every node took for final and we verified'
  return finality === 0 ? 'a block is final when it is there' : 'below the verified head, a block is final'
}

function lagStatus(index: IntegrityPage['index']): Status {
  if (!index) return 'pending'
  if (index.halted) return 'breach'
  return BigInt(index.lag) > lateFrom ? 'warning' : 'compliant'
}

const agreement = (last: ReconciliationRow | undefined): Status =>
  !last ? 'pending' : last.mismatches.length > 0 ? 'breach' : 'compliant'

const agreementWord = (last: ReconciliationRow | undefined): string =>
  !last ? 'Not compared yet' : last.mismatches.length > 0 ? `${last.mismatches.length} differ` : 'Reconciled'
