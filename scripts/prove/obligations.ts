import type { Edit, Subject } from './source'

export type Obligation = {
  property: string
  harness: string
  subject: Subject
  engine: 'chc' | 'bmc'
  targets: readonly ('assert' | 'underflow')[]
  wrong: readonly { what: string; edit: Edit }[]
}

const windows = 'contracts/src/RollingWindow.sol'

export const obligations: readonly Obligation[] = [
  {
    property: 'What is left of a limit is max(0, limit - used), also when lowered',
    harness: 'contracts/prove/Remaining.sol',
    subject: { file: windows, lift: ['remaining'] },
    engine: 'chc',
    targets: ['assert', 'underflow'],
    wrong: [
      {
        what: 'limit - used, unguarded',
        edit: ['return limit > used ? limit - used : 0;', 'return limit - used;'],
      },
    ],
  },
  {
    property: 'What is free of a balance is max(0, balance - frozen)',
    harness: 'contracts/prove/Free.sol',
    subject: { file: 'contracts/src/instrument/Holds.sol', lift: ['_free'] },
    engine: 'chc',
    targets: ['assert', 'underflow'],
    wrong: [
      {
        what: 'balance - frozen, unguarded',
        edit: ['return balance > frozen ? balance - frozen : 0;', 'return balance - frozen;'],
      },
    ],
  },
  {
    property: 'Balances sum to the supply (inductive step)',
    harness: 'contracts/prove/Supply.sol',
    subject: {
      file: '@openzeppelin/contracts-upgradeable/token/ERC20/ERC20Upgradeable.sol',
      lift: ['_update'],
      // The checker does not follow a pointer to storage that is written through: the pointer becomes the variable.
      edits: [[/ERC20Storage storage \$ = _getERC20Storage\(\);/, '']],
    },
    engine: 'bmc',
    targets: ['assert'],
    wrong: [
      {
        what: 'what is sent stays with the sender',
        edit: ['$._balances[from] = fromBalance - value;', '$._balances[from] = fromBalance;'],
      },
    ],
  },
  {
    property: 'Window: the ring keeps each step apart',
    harness: 'contracts/prove/Written.sol',
    subject: {
      file: windows,
      lift: ['RING', 'Page', 'write', 'read'],
      // As above: the pointer becomes the variable.
      edits: [[/Page\[RING\] storage ring, /g, '']],
    },
    engine: 'bmc',
    targets: ['assert'],
    wrong: [
      {
        what: 'a page is not wiped for its next use',
        edit: ['page = Page(0, 0, 0, 0, step / 4);', 'page.number = step / 4 + 1;'],
      },
      { what: 'a page of long ago counts', edit: ['if (page.number != step / 4) return 0;', ''] },
      {
        what: 'a page of eight steps',
        edit: ['uint256 place = step / 4 % RING;', 'uint256 place = step / 8 % RING;'],
      },
    ],
  },
  {
    property: 'Window: what leaves is subtracted once, nothing else, at any length',
    harness: 'contracts/prove/Rolled.sol',
    subject: {
      file: windows,
      lift: ['rolled', 'firstLeft'],
      // What a ring keeps is the property above: here reading it is a look into any history.
      edits: [
        [/Page\[RING\] storage ring, /, ''],
        [/read\(ring, /, 'read('],
        [/\bview\b/, ''],
      ],
    },
    engine: 'chc',
    targets: ['assert'],
    wrong: [
      { what: 'a step too few leaves', edit: ['left + length <= step', 'left + length < step'] },
      { what: 'a step too many leaves', edit: ['left + length <= step', 'left + length <= step + 1'] },
    ],
  },
  {
    property: 'Window: counting adds the value to both sums',
    harness: 'contracts/prove/Added.sol',
    subject: {
      file: windows,
      lift: ['add'],
      // The pointer becomes the variable; the ring, which is a property above, is left as it is.
      edits: [
        [/Flow storage flow, /g, ''],
        [/complete\(flow, head\.hour\);/, ''],
      ],
    },
    engine: 'bmc',
    targets: ['assert'],
    wrong: [{ what: 'the day is not counted', edit: ['Head(head.inDay + more,', 'Head(head.inDay,'] }],
  },
  {
    property: 'Window: no interval of 24 h or 30 d exceeds the limit',
    harness: 'contracts/prove/Interval.sol',
    subject: { file: windows, lift: ['HOURS', 'DAYS', 'firstLeft', 'remaining'] },
    engine: 'chc',
    targets: ['assert'],
    wrong: [
      { what: '24 hours, the current one among them', edit: ['HOURS = 25', 'HOURS = 24'] },
      { what: '30 days, the current one among them', edit: ['DAYS = 31', 'DAYS = 30'] },
    ],
  },
]
