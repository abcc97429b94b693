/** Disagreements name the act, both answers and the block's time. */
export class Disagreement extends Error {}

const members = ['code', 'module', 'headroom', 'subject']

/** Verdicts are compared by their four members, anything else by how it is written; addresses in any case. */
export function same(now: bigint, act: unknown, expected: unknown, actual: unknown): void {
  if (said(plain(expected)) !== said(plain(actual))) disagree(now, act, plain(expected), plain(actual))
}

export function disagree(now: bigint, act: unknown, expected: unknown, actual: unknown): never {
  throw new Disagreement(
    `At ${now} of ${said(act)} the model says ${said(expected)}, the contracts ${said(actual)}`,
  )
}

const plain = (value: unknown) =>
  typeof value === 'object' && value !== null && 'headroom' in value
    ? members.map((name) => (value as Record<string, unknown>)[name])
    : value

const said = (value: unknown) =>
  JSON.stringify(value, (_, each) =>
    typeof each === 'bigint' ? String(each) : typeof each === 'string' ? each.toLowerCase() : each,
  )
