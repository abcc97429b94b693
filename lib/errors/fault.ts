/**
 * What went wrong between us and a chain, by name. `code` is an anchor in docs/errors.md; `values` go to the log
 * and, as `message`, to the Integrity screen: they hold numbers and hashes, never secrets.
 */
export class Fault extends Error {
  constructor(
    readonly code: FaultCode,
    message: string,
    readonly values: Record<string, string | number | null> = {},
  ) {
    super(message)
    this.name = 'Fault'
  }

  /** One line for people: the name, then what happened. */
  get reason(): string {
    return `${this.code}: ${this.message}`
  }
}

export const faultCodes = {
  /** The node did not answer, or not in a form that can be trusted; says nothing about the chain. May be retried. */
  node: [
    'node-unreachable',
    'node-timeout',
    'node-answer',
    'node-error',
    'node-limited',
    'answer-too-large',
    'block-missing',
  ],
  /** What the node said contradicts itself, the chain we pinned, or what is stored. Nothing of it is written. */
  verification: [
    'bad-shape',
    'wrong-chain',
    'wrong-genesis',
    'wrong-number',
    'header-hash',
    'parent-mismatch',
    'time-backwards',
    'transaction-order',
    'transaction-mismatch',
    'transaction-type',
    'transaction-hash',
    'transaction-chain',
    'transactions-root',
    'signature-invalid',
    'sender-mismatch',
    'receipt-count',
    'receipt-null',
    'receipt-mismatch',
    'receipt-status',
    'receipts-root',
    'gas-mismatch',
    'log-order',
    'log-mismatch',
    'bloom-mismatch',
    'withdrawals-root',
    'uncles-mismatch',
    'stored-mismatch',
    'extra-data',
    'seal-invalid',
    'seal-outsider',
    'seal-duplicate',
    'seal-quorum',
    'validators-changed',
    'validators-unknown',
    'undecodable-event',
    'negative-balance',
    'ledger-conflict',
    'firm-mismatch',
    'reorg-below-finality',
    'nodes-disagree',
  ],
  /** Somebody else writes this chain now, or wrote it meanwhile. */
  writer: ['fenced', 'cursor-moved'],
} as const

export type FaultCode = (typeof faultCodes)[keyof typeof faultCodes][number]

export const isVerificationFault = (error: unknown): error is Fault =>
  error instanceof Fault && (faultCodes.verification as readonly string[]).includes(error.code)
