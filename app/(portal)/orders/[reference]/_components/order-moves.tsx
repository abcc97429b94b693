'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Select } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { rejectReasons } from '@/lib/acts/orders.schema'
import type { OrderMoves as Moves } from '@/lib/queries/order'
import { withdrawOrderAction } from '../../actions'

type Props = { reference: string; signatures: number; moves: Moves; closed: boolean }

/** What this person may do with the order now; where it is nothing, why. */
export function OrderMoves({ reference, signatures, moves, closed }: Props) {
  const sign = `/orders/${reference}/sign`
  const open = Object.values(moves).some(({ allowed }) => allowed)
  const still = closed ? undefined : whyStill(moves)
  return (
    <div className="space-y-4">
      {still && <Notice status="warning" title={still} />}
      {moves.sign.allowed && (
        <ButtonLink kind="primary" href={sign}>
          Review and sign
        </ButtonLink>
      )}
      {moves.execute.allowed && (
        <ButtonLink kind="primary" href={`${sign}?act=execute`}>
          {signatures > 1 ? 'Review and approve' : 'Review and sign'}
        </ButtonLink>
      )}
      {moves.reject.allowed && <Reject sign={sign} />}
      {moves.withdraw.allowed && <Withdraw reference={reference} />}
      {moves.cancel.allowed && (
        <div>
          <ButtonLink href={`${sign}?act=cancel`}>Cancel it on chain</ButtonLink>
          <p className="mt-1 text-12 text-secondary">
            You have signed it: only a transaction of yours makes the signature useless.
          </p>
        </div>
      )}
      {!open && !still && <p>{closed ? 'Nothing more: this order is closed.' : whyNothing(moves)}</p>}
      {moves.execute.allowed === false && moves.execute.code === 'own-order' && !closed && open && (
        <p className="text-secondary">{moves.execute.why}</p>
      )}
    </div>
  )
}

/** What this person could do now if the ledger moved. */
function whyStill(moves: Moves): string | undefined {
  for (const permit of Object.values(moves))
    if (!permit.allowed && permit.code === 'standstill') return permit.why
}

/** The refusal that says most: whose order it is comes before whose role it is. */
function whyNothing(moves: Moves): string {
  const whys = Object.values(moves).filter((permit) => !permit.allowed)
  const found =
    whys.find(({ code }) => code === 'own-order') ?? whys.find(({ code }) => code !== 'not-permitted')
  return (found ?? whys[0])?.why ?? 'Nothing at the moment.'
}

function Reject({ sign }: { sign: string }) {
  return (
    <form action={sign} method="get" className="space-y-2 border-t border-hairline pt-4">
      <input type="hidden" name="act" value="reject" />
      <Select
        name="reason"
        label="Reason for rejecting"
        hint="It is written on chain for good."
        options={Object.entries(rejectReasons).map(([value, label]) => ({ value, label }))}
      />
      <Button type="submit">Reject…</Button>
    </form>
  )
}

function Withdraw({ reference }: { reference: string }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [refused, setRefused] = useState<string>()
  return (
    <div className="space-y-2">
      <Button
        disabled={isPending}
        onClick={() =>
          start(async () => {
            const result = await withdrawOrderAction({ reference })
            if (result.ok) router.refresh()
            else setRefused(result.refusal.message)
          })
        }
      >
        Withdraw
      </Button>
      <p className="text-12 text-secondary">Nothing was signed yet, so no transaction is needed.</p>
      {refused && <Notice status="warning" title={refused} live="assertive" />}
    </div>
  )
}
