import { parseAbi } from 'viem'
import { type Adapter, same } from './adapter'
import { erc20 } from './erc20'

/** ERC-7943 (uRWA) for fungible tokens, in its final revision; earlier drafts asked `canTransact` or `isUserAllowed`. */
export const erc7943: Adapter = {
  standard: 'erc7943',
  name: 'ERC-7943',
  views: [
    'function getFrozenTokens(address account) view returns (uint256)',
    'function canTransfer(address from, address to, uint256 amount) view returns (bool)',
    'function canSend(address account) view returns (bool)',
    'function canReceive(address account) view returns (bool)',
    'function canTransact(address account) view returns (bool)',
    'function isUserAllowed(address account) view returns (bool)',
  ],
  acts: [
    'function forcedTransfer(address from, address to, uint256 amount)',
    'function setFrozenTokens(address account, uint256 amount)',
  ],
  interfaceIds: ['0x3edbb4c4'],
  controls: [...erc20.controls, { view: 'getFrozenTokens(address)', of: 'frozen-amount' }],
  tells: ['getFrozenTokens(address)'],
  isRecognised: (probe) =>
    erc20.isRecognised(probe) &&
    probe.answers('getFrozenTokens(address)') &&
    probe.answers('canTransfer(address,address,uint256)') &&
    (probe.claims('0x3edbb4c4') ||
      ['canSend(address)', 'canTransact(address)', 'isUserAllowed(address)'].some(probe.answers)),
  capabilities: (probe) => ({
    ...erc20.capabilities(probe),
    'partial-freeze': probe.offers('setFrozenTokens(address,uint256)'),
    'forced-transfer': probe.offers('forcedTransfer(address,address,uint256)'),
    'pre-check': probe.answers('canTransfer(address,address,uint256)'),
  }),
  events: [
    ...erc20.events,
    ...parseAbi([
      'event ForcedTransfer(address indexed from, address indexed to, uint256 amount)',
      'event Frozen(address indexed account, uint256 amount)',
    ]),
  ],
  effectsOf: (name, args) => {
    if (name === 'Frozen')
      return [{ what: 'frozen-amount', account: same(args.account), amount: args.amount as bigint }]
    if (name !== 'ForcedTransfer') return erc20.effectsOf(name, args)
    return [{ what: 'cause', cause: 'forced', from: same(args.from), to: same(args.to) }]
  },
  errors: [
    ...erc20.errors,
    ...parseAbi([
      'error ERC7943CannotSend(address account)',
      'error ERC7943CannotReceive(address account)',
      'error ERC7943CannotTransact(address account)',
      'error ERC7943CannotTransfer(address from, address to, uint256 amount)',
      'error ERC7943InsufficientUnfrozenBalance(address account, uint256 amount, uint256 unfrozen)',
    ]),
  ],
  words: {
    ...erc20.words,
    ERC7943CannotSend: 'the sender may not send',
    ERC7943CannotReceive: 'the receiver may not receive',
    ERC7943CannotTransact: 'the account may not take part',
    ERC7943CannotTransfer: 'a rule refuses this transfer',
    ERC7943InsufficientUnfrozenBalance: 'more than the sender has free of what is frozen',
  },
}
