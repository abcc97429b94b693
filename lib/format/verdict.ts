/** What the codes of contracts/src/interfaces/IVerdict.sol say, in the words of the portal. */
export type Verdict = {
  /** After "Refused: ", as short as a table cell. */
  short: string
  /** After "because ", a whole clause. */
  because: string
  /** A rule of amounts, which alone has headroom and counts as a breach. */
  isLimit: boolean
  /** What would make the same transfer pass. */
  remedy: string
}

const kyc = 'A KYC decision that verifies the customer, with an expiry that has not passed.'
const less = 'A smaller amount, or a higher limit, which takes two officers.'
const endOfFreeze = 'The end of the freeze: its time, or an order of two officers.'
const later =
  'A smaller amount, waiting until earlier transfers leave the window, or a higher limit, which takes two officers.'

const flag = 'An order that takes the flag away.'
const claim = 'The claim, by an issuer who is trusted with it.'

const verdicts: Record<number, Verdict> = {
  1: rule(
    'sender holds less',
    'the sender held less than the amount',
    'A smaller amount, or a larger holding.',
  ),
  2: rule('instrument paused', 'the instrument was paused', 'The end of the pause.'),
  3: rule('sender frozen', 'the account of the sender was frozen', endOfFreeze),
  4: rule('recipient frozen', 'the account of the recipient was frozen', endOfFreeze),
  5: rule(
    'part is frozen',
    'part of what the sender holds is frozen and the rest is less than the amount',
    'A smaller amount, or an order that frees more.',
  ),
  10: rule(
    'sender unknown',
    'the sender is not registered',
    'Registration of the account by its firm, and KYC.',
  ),
  11: rule('sender not verified', 'the KYC of the sender was not verified', kyc),
  12: rule('sender’s KYC expired', 'the KYC of the sender had expired', kyc),
  13: rule(
    'recipient unknown',
    'the recipient is not registered',
    'Registration of the account by its firm, and KYC.',
  ),
  14: rule('recipient not verified', 'the KYC of the recipient was not verified', kyc),
  15: rule('recipient’s KYC expired', 'the KYC of the recipient had expired', kyc),
  16: rule('sender flagged', 'screening flagged the sender', flag),
  17: rule('sender’s claim missing', 'the sender lacks a claim that everybody needs', claim),
  18: rule('recipient flagged', 'screening flagged the recipient', flag),
  19: rule('recipient’s claim missing', 'the recipient lacks a claim that everybody needs', claim),
  20: rule(
    'no rate',
    'the instrument has no reference value, so no limit could be judged',
    'A rate for the instrument.',
  ),
  21: limit('limit per transfer', 'the amount is over the sender’s limit for one transfer', less),
  22: limit('daily limit', 'the sender’s limit for 24 hours left less room', later),
  23: limit('30-day limit', 'the sender’s limit for 30 days left less room', later),
  24: limit('firm’s limit per transfer', 'the amount is over the firm’s limit for one transfer', less),
  25: limit('firm’s daily limit', 'the firm’s limit for 24 hours left less room', later),
  26: limit('firm’s 30-day limit', 'the firm’s limit for 30 days left less room', later),
  27: limit('holding limit', 'the recipient may not hold so much', less),
  30: rule('country', 'a rule does not allow the country of one side', 'A change of the country rule.'),
  31: rule('supply cap', 'no more may be issued than the supply cap', 'A smaller amount, or a higher cap.'),
  32: rule(
    'holder cap',
    'no more identities may hold the instrument',
    'A higher cap, or a recipient who holds it.',
  ),
  33: rule('not pre-approved', 'nobody approved this transfer beforehand', 'A pre-approval by an officer.'),
}

function rule(short: string, because: string, remedy: string): Verdict {
  return { short, because, isLimit: false, remedy }
}

function limit(short: string, because: string, remedy: string): Verdict {
  return { short, because, isLimit: true, remedy }
}

const unexplained = rule(
  'reason unknown',
  'the contract did not say why',
  'Unknown: the node gave no reason that we can read.',
)

/** @param code IVerdict code, or null where the node would not say. @param reason words of the indexer for that case. */
export function verdictOf(code: number | null, reason = ''): Verdict {
  const known = code === null ? undefined : verdicts[code]
  if (known) return known
  return reason === ''
    ? unexplained
    : { ...unexplained, short: reason, because: `the contract said: ${reason}` }
}
