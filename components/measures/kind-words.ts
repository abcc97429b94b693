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
  country: {
    label: 'Change of country',
    title: (name) => `Change the country of ${name}`,
    means:
      'Country rules judge the customer by the new country from then on, in every instrument. It takes two officers.',
  },
  preapproval: {
    label: 'Pre-approval',
    title: (name) => `Approve one transfer of ${name}`,
    means:
      'These two accounts, exactly this amount, once, until a time. Approving the same again moves its end; it does not add a second.',
  },
  rate: {
    label: 'Rate',
    title: (name) => `Change the rate of ${name}`,
    means:
      'What a unit counts for against limits, which are kept in cents of the reference currency. It takes two officers.',
  },
  compliance: {
    label: 'Compliance contract',
    title: (name) => `Change what ${name} obeys`,
    means:
      'The rules of the new contract take the place of all rules there are now, at once. It must name this instrument as its own. It takes two officers.',
  },
  upgrade: {
    label: 'Upgrade',
    title: (name) => `Change the code of ${name}`,
    means:
      'New code waits two days before an administrator can put it in force, and may be taken back until then. For thirty days after that there is one way back, which works at once. It takes two officers.',
  },
  'trusted-issuer': {
    label: 'Trusted issuer',
    title: () => 'Trust an issuer of claims, or no longer',
    means:
      'Claims of one topic that this contract issues count from then on, or no longer. It takes two officers.',
  },
  'claim-topic': {
    label: 'Claim topic',
    title: () => 'Ask everybody for a claim, or no longer',
    means:
      'Whoever lacks a claim of this topic by a trusted issuer neither sends nor receives, in any instrument. It takes two officers.',
  },
  roles: {
    label: 'Roles of a wallet',
    title: () => 'Change the roles of a wallet',
    means:
      'What a wallet may sign, and for whom it stands. The roles ticked take the place of those it holds; none takes the wallet off the table. It takes two persons, and no deputy can be one of them.',
  },
  deputy: {
    label: 'Deputy',
    title: () => 'Appoint a deputy, or end it',
    means:
      'One wallet signs for another between two dates, 30 days at most, as officer or approver. Nobody approves what is proposed in their own name. It takes two persons.',
  },
  signatures: {
    label: 'Signatures needed',
    title: () => 'Change how many signatures a kind of order needs',
    means:
      'One or two. What governs the table itself, property and rules always takes two. It takes two persons.',
  },
}
