import { Button } from '@/components/ui/button'
import type { DemonstrationAccount } from '@/lib/queries/demonstration'

type Props = { accounts: DemonstrationAccount[]; onChoose: (account: DemonstrationAccount) => void }

/** The same password for all, filled in by one click: these accounts exist on the embedded chain alone. */
export function DemonstrationAccounts({ accounts, onChoose }: Props) {
  return (
    <section aria-labelledby="demonstration" className="min-w-0">
      <h2 id="demonstration" className="text-16 font-semibold">
        Accounts of the demonstration
      </h2>
      <p className="mt-1 text-secondary">Choose one to fill in the form. Nothing here is real.</p>
      <ul className="mt-3 divide-y divide-hairline rounded-4 border border-hairline bg-surface">
        {accounts.map((account) => (
          <li key={account.username} className="flex items-center justify-between gap-4 px-4 py-2">
            <div className="min-w-0">
              <p className="font-medium">{placeOf(account)}</p>
              <p className="text-12 text-secondary">
                {account.name} · <span className="font-mono">{account.username}</span>
              </p>
            </div>
            <Button size="small" onClick={() => onChoose(account)} aria-label={`Use ${account.username}`}>
              Use
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function placeOf({ role, firm }: DemonstrationAccount): string {
  const word = role.replaceAll('-', ' ')
  const title = `${word[0]!.toUpperCase()}${word.slice(1)}`
  return `${title}, ${firm ?? 'authority'}`
}
