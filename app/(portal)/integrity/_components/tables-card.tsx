import { FillBar } from '@/components/index/fill-bar'
import { Card } from '@/components/ui/card'
import { RefreshWhile } from '@/components/ui/refresh-while'
import { SummaryList } from '@/components/ui/summary-list'
import { Time } from '@/components/ui/time'
import { groupDigits } from '@/lib/format/number'
import type { IntegrityPage } from '@/lib/queries/integrity'

/** Which derivation of the tables is read, and whether another is being made beside it. */
export function TablesCard({ tables }: { tables: NonNullable<IntegrityPage['tables']> }) {
  const { version, rebuild } = tables
  const isRunning = rebuild?.isRunning === true
  return (
    <Card title="How the tables were made" id="tables">
      <SummaryList
        items={[
          {
            term: 'In force',
            detail: `Projection version ${groupDigits(version)}${version === 1 ? ', derived as the blocks came' : ', derived anew by a rebuild and kept up since'}`,
          },
          {
            term: 'Rebuild',
            detail: rebuild ? <Rebuild rebuild={rebuild} inForce={version} /> : 'None is under way',
          },
        ]}
      />
      <RefreshWhile
        isMoving={isRunning}
        says={isRunning ? 'The tables are being rebuilt.' : 'No rebuild is under way.'}
      />
    </Card>
  )
}

type Props = { rebuild: NonNullable<NonNullable<IntegrityPage['tables']>['rebuild']>; inForce: number }

function Rebuild({ rebuild: { version, since, progress, isRunning }, inForce }: Props) {
  if (!isRunning) {
    return (
      <>
        Version {groupDigits(version)}, begun <Time at={since} as="age" />, was broken off at{' '}
        {groupDigits(progress.done)} of {groupDigits(progress.total)} blocks. Nothing has changed; the next
        rebuild drops what is left of it.
      </>
    )
  }
  return (
    <div className="min-w-60">
      Version {groupDigits(version)} is being derived beside it, begun <Time at={since} as="age" />. These
      pages show version {groupDigits(inForce)} until it is level.
      <FillBar progress={progress} label={`Version ${version} derived`} />
    </div>
  )
}
