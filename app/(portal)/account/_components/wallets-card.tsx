import { Address } from '@/components/ui/address'
import { Card } from '@/components/ui/card'
import { Time } from '@/components/ui/time'
import type { AccountPage } from '@/lib/queries/account'
import { BindWallet } from './bind-wallet'

type Props = Pick<AccountPage, 'wallets' | 'binding'>

/** Wallets whose signature this person is asked for. Which orders they may sign is the role table's to say. */
export function WalletsCard({ wallets, binding }: Props) {
  return (
    <Card title="Your wallets" id="wallets">
      {wallets.length === 0 ? (
        <p className="text-secondary">No wallet is bound to you yet. Without one you cannot sign orders.</p>
      ) : (
        <ul className="divide-y divide-hairline">
          {wallets.map(({ address, boundAt }) => (
            <li key={address} className="flex flex-wrap items-center justify-between gap-x-4 py-2">
              <Address address={address} size="full" />
              <span className="text-secondary">
                Bound <Time at={boundAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {binding && (
        <div className="mt-3">
          <BindWallet {...binding} bound={wallets.map(({ address }) => address.toLowerCase())} />
        </div>
      )}
    </Card>
  )
}
