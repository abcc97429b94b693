import clsx from 'clsx'

export type Step = { label: string; note?: string; state: 'done' | 'current' | 'ahead' | 'failed' }

const words = { done: 'done', current: 'in progress', ahead: 'not yet', failed: 'failed' } as const
const lines = {
  done: 'border-action font-medium text-ink',
  current: 'border-pending font-medium text-ink',
  ahead: 'border-hairline text-secondary',
  failed: 'border-breach font-medium text-breach',
} as const

/** Prepared · Signed · Sent · In block · Indexed · Effective: as far as the server knows, never further. */
export function Stepper({ steps, label }: { steps: readonly Step[]; label: string }) {
  return (
    <ol aria-label={label} className="flex flex-col gap-x-1 text-12 md:flex-row">
      {steps.map((step) => (
        <li
          key={step.label}
          aria-current={step.state === 'current' ? 'step' : undefined}
          className={clsx(
            'border-l-3 py-1.5 pl-3 md:flex-1 md:border-t-3 md:border-l-0 md:pt-2 md:pl-0',
            lines[step.state],
          )}
        >
          {step.label}
          <span className="sr-only"> ({words[step.state]})</span>
          {step.note && <span className="block font-regular text-secondary">{step.note}</span>}
        </li>
      ))}
    </ol>
  )
}
