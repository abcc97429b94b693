import { parseAbi } from 'viem'
import { type Adapter, same } from './adapter'
import { erc20 } from './erc20'

/**
 * ERC-3643: of its text, where two events index nothing, and of the implementation that most are copies of, which
 * indexes what it can (a name is then only a hash). Refusals are texts up to 4.1 and errors with names since.
 */
export const erc3643: Adapter = {
  standard: 'erc3643',
  name: 'ERC-3643',
  views: [
    'function identityRegistry() view returns (address)',
    'function compliance() view returns (address)',
    'function onchainID() view returns (address)',
    'function isFrozen(address account) view returns (bool)',
    'function getFrozenTokens(address account) view returns (uint256)',
  ],
  acts: [
    'function setAddressFrozen(address account, bool frozen)',
    'function freezePartialTokens(address account, uint256 amount)',
    'function forcedTransfer(address from, address to, uint256 amount)',
    'function recoveryAddress(address lost, address replacement, address onchainID)',
  ],
  interfaceIds: [],
  controls: [
    ...erc20.controls,
    { view: 'isFrozen(address)', of: 'freeze' },
    { view: 'getFrozenTokens(address)', of: 'frozen-amount', isRelative: true },
  ],
  tells: ['isFrozen(address)', 'getFrozenTokens(address)'],
  isRecognised: (probe) =>
    erc20.isRecognised(probe) &&
    ['identityRegistry()', 'compliance()', 'isFrozen(address)', 'getFrozenTokens(address)'].every(
      probe.answers,
    ),
  capabilities: (probe) => ({
    ...erc20.capabilities(probe),
    freeze: probe.offers('setAddressFrozen(address,bool)'),
    'partial-freeze': probe.offers('freezePartialTokens(address,uint256)'),
    'forced-transfer': probe.offers('forcedTransfer(address,address,uint256)'),
    recovery: probe.offers('recoveryAddress(address,address,address)'),
    'identity-registry': probe.answers('identityRegistry()'),
    compliance: probe.answers('compliance()'),
  }),
  events: [
    ...erc20.events,
    ...parseAbi([
      'event UpdatedTokenInformation(string newName, string newSymbol, uint8 newDecimals, string newVersion, address newOnchainID)',
      'event UpdatedTokenInformation(string indexed newName, string indexed newSymbol, uint8 newDecimals, string newVersion, address indexed newOnchainID)',
      'event RecoverySuccess(address lostWallet, address newWallet, address investorOnchainID)',
      'event RecoverySuccess(address indexed lostWallet, address indexed newWallet, address indexed investorOnchainID)',
      'event IdentityRegistryAdded(address indexed identityRegistry)',
      'event ComplianceAdded(address indexed compliance)',
      'event AddressFrozen(address indexed userAddress, bool indexed isFrozen, address indexed owner)',
      'event TokensFrozen(address indexed userAddress, uint256 amount)',
      'event TokensUnfrozen(address indexed userAddress, uint256 amount)',
      'event AgentAdded(address indexed agent)',
      'event AgentRemoved(address indexed agent)',
    ]),
  ],
  effectsOf: (name, args) => {
    switch (name) {
      case 'AddressFrozen':
        return [{ what: 'freeze', account: same(args.userAddress), frozen: args.isFrozen === true }]
      case 'TokensFrozen':
        return [{ what: 'frozen-change', account: same(args.userAddress), change: args.amount as bigint }]
      case 'TokensUnfrozen':
        return [{ what: 'frozen-change', account: same(args.userAddress), change: -(args.amount as bigint) }]
      case 'ComplianceAdded':
        return [{ what: 'compliance', compliance: same(args.compliance) }]
      case 'RecoverySuccess': {
        const sides = { from: same(args.lostWallet), to: same(args.newWallet) }
        return [{ what: 'cause', cause: 'recovery', ...sides }]
      }
      default:
        return erc20.effectsOf(name, args)
    }
  },
  errors: [
    ...erc20.errors,
    ...parseAbi([
      'error FrozenWallet()',
      'error FrozenWallet(address user)',
      'error TransferNotPossible()',
      'error UnverifiedIdentity()',
      'error ComplianceNotFollowed()',
      'error CallerDoesNotHaveAgentRole()',
      'error AgentNotAuthorized(address agent, string reason)',
      'error AmountAboveFrozenTokens(uint256 amount, uint256 maxAmount)',
      'error NoTokenToRecover()',
      'error RecoveryNotPossible()',
      'error ZeroAddress()',
    ]),
  ],
  words: {
    ...erc20.words,
    FrozenWallet: 'the sender or the receiver is frozen',
    TransferNotPossible: 'the receiver is not verified, or a compliance rule refuses',
    UnverifiedIdentity: 'the receiver is not verified',
    ComplianceNotFollowed: 'a compliance rule refuses',
    CallerDoesNotHaveAgentRole: 'only an agent may',
    'wallet is frozen': 'the sender or the receiver is frozen',
    'Insufficient Balance': 'more than the sender has free of what is frozen',
    'Transfer not possible': 'the receiver is not verified, or a compliance rule refuses',
    'sender balance too low': 'the sender holds less than that',
    'Identity is not verified.': 'the receiver is not verified',
    'Compliance not followed': 'a compliance rule refuses',
    'AgentRole: caller does not have the Agent role': 'only an agent may',
  },
}
