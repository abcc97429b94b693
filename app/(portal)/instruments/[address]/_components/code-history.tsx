import { Address } from '@/components/ui/address'
import type { Status } from '@/components/ui/chip'
import { Time } from '@/components/ui/time'
import { Timeline } from '@/components/ui/timeline'
import type { CodeStep } from '@/lib/queries/instruments'

const acts: Record<CodeStep['act'], { title: string; status: Status }> = {
  founded: { title: 'Founded', status: 'closed' },
  scheduled: { title: 'Upgrade scheduled', status: 'pending' },
  cancelled: { title: 'Scheduled upgrade taken back', status: 'closed' },
  activated: { title: 'Upgrade put in force', status: 'compliant' },
  'rolled-back': { title: 'Rolled back', status: 'warning' },
}

/** Which code stood behind the address, newest first. */
export function CodeHistory({ steps }: { steps: readonly CodeStep[] }) {
  if (steps.length === 0) return <p className="text-secondary">Its code cannot be replaced by this ledger.</p>
  return (
    <Timeline
      label="Code behind the address"
      items={steps.map(({ act, time, implementation, version, notBefore, rollbackUntil }) => ({
        key: `${time} ${act}`,
        title: version === null ? acts[act].title : `${acts[act].title}, version ${version}`,
        status: acts[act].status,
        when: <Time at={time} />,
        body: (
          <>
            <Address address={implementation} />
            {notBefore && (
              <p>
                Can be put in force from <Time at={notBefore} />
              </p>
            )}
            {rollbackUntil && (
              <p>
                The way back is open until <Time at={rollbackUntil} />
              </p>
            )}
          </>
        ),
      }))}
    />
  )
}
