import { Address } from '@/components/ui/address'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import type { InstrumentPage } from '@/lib/queries/instruments'

type Props = { page: Pick<InstrumentPage, 'scheduled' | 'wayBack' | 'mayPropose' | 'instrument'> }

/** New code that waits, and the way back while it is open: what a holder wants to see coming. */
export function CodeNow({ page: { scheduled, wayBack, mayPropose, instrument } }: Props) {
  const href = (step: string) =>
    `/measures/propose?kind=upgrade&instrument=${instrument.address}&step=${step}`
  return (
    <>
      {scheduled && (
        <Notice
          status={scheduled.isDue ? 'warning' : 'pending'}
          title={
            scheduled.isDue
              ? 'New code can be put in force now'
              : 'New code is scheduled and not in force yet'
          }
        >
          <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[max-content_1fr]">
            <dt className="text-secondary">Code</dt>
            <dd>
              <Address address={scheduled.implementation} size="full" />
            </dd>
            <dt className="text-secondary">Scheduled</dt>
            <dd>
              <Time at={scheduled.since} />
            </dd>
            {scheduled.notBefore && (
              <>
                <dt className="text-secondary">In force at the earliest</dt>
                <dd>
                  <Time at={scheduled.notBefore} />, two days after it was scheduled
                </dd>
              </>
            )}
          </dl>
          <p className="mt-1">
            An administrator puts it in force. Until then the code below stays, and two officers can take the
            upgrade back.{' '}
            {mayPropose && (
              <Link href={href('cancel')} className="underline">
                Propose to take it back
              </Link>
            )}
          </p>
        </Notice>
      )}
      {wayBack && (
        <Notice status="info" title="The way back is open">
          <p>
            Until <Time at={wayBack.until} /> two officers can return to{' '}
            <Address address={wayBack.implementation} size="full" /> at once.{' '}
            {mayPropose && <Link href={href('back')}>Propose the way back</Link>}
          </p>
        </Notice>
      )}
    </>
  )
}
