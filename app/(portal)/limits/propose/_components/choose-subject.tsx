import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Select } from '@/components/ui/field'
import { Link } from '@/components/ui/link'

type Props = { firms: { id: number; name: string }[]; tiers: string[] }

/** Whose limit it is, as plain forms that lead to an address. */
export function ChooseSubject({ firms, tiers }: Props) {
  return (
    <div className="space-y-6">
      <Card title="A firm and all its customers together" id="firm">
        <form method="get" className="flex flex-wrap items-end gap-3">
          <input type="hidden" name="scope" value="firm" />
          <div className="min-w-60">
            <Select
              name="subject"
              label="Firm"
              options={firms.map(({ id, name }) => ({ value: String(id), label: name }))}
            />
          </div>
          <Button type="submit" kind="primary">
            Continue
          </Button>
        </form>
      </Card>
      <Card title="Every customer of a tier, each on their own" id="tier">
        <div className="flex flex-wrap gap-3">
          {tiers.map((tier) => (
            <Link key={tier} href={`/limits/propose?scope=tier&subject=${tier}`}>
              Tier {tier}
            </Link>
          ))}
        </div>
      </Card>
      <Card title="One customer" id="identity">
        <p>
          Open the customer from{' '}
          <Link href="/customers" className="underline">
            Customers and accounts
          </Link>{' '}
          and propose a limit there.
        </p>
      </Card>
    </div>
  )
}
