/** Why a movement is refused, by number: Codes of contracts/src/interfaces/IVerdict.sol. */
export const codes = {
  allowed: 0,
  balance: 1,
  paused: 2,
  senderFrozen: 3,
  recipientFrozen: 4,
  freeBalance: 5,
  senderUnknown: 10,
  senderNotVerified: 11,
  senderExpired: 12,
  recipientUnknown: 13,
  recipientNotVerified: 14,
  recipientExpired: 15,
  senderFlagged: 16,
  senderClaim: 17,
  recipientFlagged: 18,
  recipientClaim: 19,
  noRate: 20,
  transferLimit: 21,
  dayLimit: 22,
  monthLimit: 23,
  firmTransferLimit: 24,
  firmDayLimit: 25,
  firmMonthLimit: 26,
  balanceLimit: 27,
  country: 30,
  supplyCap: 31,
  holderCap: 32,
  notPreapproved: 33,
} as const

/** What can fail of either side of a movement, in the order in which it is asked. */
export const sideCodes = {
  sender: {
    unknown: codes.senderUnknown,
    notVerified: codes.senderNotVerified,
    expired: codes.senderExpired,
    flagged: codes.senderFlagged,
    claim: codes.senderClaim,
  },
  recipient: {
    unknown: codes.recipientUnknown,
    notVerified: codes.recipientNotVerified,
    expired: codes.recipientExpired,
    flagged: codes.recipientFlagged,
    claim: codes.recipientClaim,
  },
} as const

export type Side = keyof typeof sideCodes
export type Lapse = keyof (typeof sideCodes)[Side]

/** The codes of limits of flow: of an identity, by its own limits or its tier's, and of its firm. */
export const limitCodes = {
  identity: { transfer: codes.transferLimit, day: codes.dayLimit, month: codes.monthLimit },
  firm: { transfer: codes.firmTransferLimit, day: codes.firmDayLimit, month: codes.firmMonthLimit },
} as const

/** What is asked, in this order, before limits are judged together; the first that fails is the reason. */
export const asked = {
  pause: [codes.paused],
  freezeOfSender: [codes.senderFrozen],
  freezeOfRecipient: [codes.recipientFrozen],
  standingOfSender: Object.values(sideCodes.sender),
  standingOfRecipient: Object.values(sideCodes.recipient),
  balance: [codes.balance, codes.freeBalance],
  rules: [codes.country, codes.supplyCap, codes.holderCap, codes.notPreapproved],
  rate: [codes.noRate],
} as const satisfies Record<string, readonly number[]>
