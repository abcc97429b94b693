import type { Answers } from '@/components/orders/use-proposal'
import { Checkbox } from '@/components/ui/field'
import { sentence } from '@/lib/format/number'
import { roleNames } from './fields'

const means: Record<(typeof roleNames)[number], string> = {
  administrator: 'puts scheduled code in force, and stands in where roles are changed',
  officer: 'proposes orders',
  approver: 'approves or rejects them',
  registrar: 'registers firms and customers',
  issuer: 'issues and redeems units',
  anchor: 'anchors the journal and reports',
}

/** All roles of the table; an error leads to the group. */
export function RoleBoxes({ answers, error }: { answers: Answers; error?: string | undefined }) {
  return (
    <fieldset id="roles" tabIndex={-1} className={error ? 'border-l-4 border-breach pl-3' : undefined}>
      <legend className="mb-1 font-medium">Roles</legend>
      {error && <p className="mb-1 font-medium text-breach">{error}</p>}
      <div className="space-y-1.5">
        {roleNames.map((name) => (
          <div key={name}>
            {/* What is not ticked is not sent: this stands in for it, and the box, if ticked, for this. */}
            <input type="hidden" name={name} value="" />
            <Checkbox
              name={name}
              value="yes"
              defaultChecked={answers[name] === 'yes'}
              label={
                <>
                  {sentence(name)} <span className="text-secondary">{means[name]}</span>
                </>
              }
            />
          </div>
        ))}
      </div>
    </fieldset>
  )
}
