import type { MeasureKind } from '@/lib/compliance/measures'

type Words = {
  /** On a button. */
  label: string
  title: (name: string) => string
  /** What it does and whom it needs, in a sentence or two. */
  means: string
}

export const kindTitles: Record<MeasureKind, Words> = {
  freeze: {
    label: 'Freeze',
    title: (name) => `Freeze an account of ${name}`,
    means:
      'The account neither sends nor receives in one instrument. One officer’s freeze lapses within 72 hours; a second person can confirm a longer one.',
  },
  unfreeze: {
    label: 'Unfreeze',
    title: (name) => `Lift a freeze of ${name}`,
    means: 'The account sends and receives again, within its limits. It takes two officers.',
  },
  'freeze-amount': {
    label: 'Freeze an amount',
    title: (name) => `Freeze an amount of ${name}`,
    means: 'So much of what the account holds stays where it is; the rest moves. It takes two officers.',
  },
  'forced-transfer': {
    label: 'Forced transfer',
    title: (name) => `Move units of ${name} by force`,
    means:
      'Units move without the holder, from a frozen account too. The recipient must be able to receive. It takes two officers.',
  },
  recover: {
    label: 'Recover an account',
    title: (name) => `Recover an account of ${name}`,
    means:
      'Another account of the same customer takes over all that a lost one holds, frozen as before. The lost one is retired for good. It takes two officers.',
  },
  screening: {
    label: 'Screening flag',
    title: (name) => `Screening of ${name}`,
    means:
      'A flagged customer neither sends nor receives, verified or not. One officer is enough to flag; to take a flag away it takes two.',
  },
  pause: {
    label: 'Pause',
    title: (name) => `Pause ${name}`,
    means:
      'Nothing of it moves but by force. One officer’s pause lapses within 72 hours; a second person can confirm a longer one.',
  },
  unpause: {
    label: 'End the pause',
    title: (name) => `Lift the pause of ${name}`,
    means: 'Units move again, within their rules. It takes two officers.',
  },
  'country-rule': {
    label: 'Country rule',
    title: (name) => `Change the country rule of ${name}`,
    means: 'A country joins or leaves the list of the rule. It takes two officers.',
  },
  'supply-cap': {
    label: 'Supply cap',
    title: (name) => `Change the supply cap of ${name}`,
    means: 'No more than the cap can be issued. What is there already stays. It takes two officers.',
  },
  'holder-cap': {
    label: 'Holder cap',
    title: (name) => `Change the holder cap of ${name}`,
    means: 'No more identities than the cap may hold it. Who holds it already stays. It takes two officers.',
  },
}
