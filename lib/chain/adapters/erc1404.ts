import { parseAbi } from 'viem'
import { type Adapter, same } from './adapter'
import { erc20 } from './erc20'
import { erc7943 } from './erc7943'

/** ERC-1404, a transfer refused by a code with a text to it, and CMTAT, the Swiss standard that builds on it. */
export const erc1404: Adapter = {
  standard: 'erc1404',
  name: 'ERC-1404 / CMTAT',
  views: [
    'function detectTransferRestriction(address from, address to, uint256 value) view returns (uint8)',
    'function messageForTransferRestriction(uint8 code) view returns (string)',
    'function ruleEngine() view returns (address)',
    'function frozen(address account) view returns (bool)',
    'function isFrozen(address account) view returns (bool)',
    'function getFrozenTokens(address account) view returns (uint256)',
  ],
  acts: [
    'function setAddressFrozen(address account, bool frozen)',
    'function freeze(address account, string reason)',
    'function freezePartialTokens(address account, uint256 amount)',
    'function forcedTransfer(address from, address to, uint256 amount)',
    'function enforceTransfer(address account, address destination, uint256 value, string reason)',
  ],
  interfaceIds: ['0xab84a5c8'],
  controls: [
    ...erc20.controls,
    { view: 'frozen(address)', of: 'freeze' },
    { view: 'isFrozen(address)', of: 'freeze' },
    { view: 'getFrozenTokens(address)', of: 'frozen-amount', isRelative: true },
  ],
  isRecognised: (probe) =>
    erc20.isRecognised(probe) &&
    probe.answers('detectTransferRestriction(address,address,uint256)') &&
    probe.answers('messageForTransferRestriction(uint8)'),
  capabilities: (probe) => ({
    ...erc7943.capabilities(probe),
    freeze:
      probe.offers('setAddressFrozen(address,bool)') ||
      (probe.answers('frozen(address)') && probe.offers('freeze(address,string)')),
    'partial-freeze': probe.offers('freezePartialTokens(address,uint256)'),
    'forced-transfer':
      probe.offers('forcedTransfer(address,address,uint256)') ||
      probe.offers('enforceTransfer(address,address,uint256,string)'),
    compliance: probe.answers('ruleEngine()'),
    'pre-check': true,
    'restriction-codes': true,
  }),
  events: [
    ...erc7943.events,
    ...parseAbi([
      'event Freeze(address indexed enforcer, address indexed owner, string indexed reasonIndexed, string reason)',
      'event Unfreeze(address indexed enforcer, address indexed owner, string indexed reasonIndexed, string reason)',
      'event AddressFrozen(address indexed account, bool indexed isFrozen, address indexed enforcer, bytes data)',
      'event TokensFrozen(address indexed account, uint256 value, bytes data)',
      'event TokensUnfrozen(address indexed account, uint256 value, bytes data)',
      'event Enforcement(address indexed enforcer, address indexed account, uint256 amount, bytes data)',
      'event RuleEngine(address indexed newRuleEngine)',
      'event Mint(address indexed minter, address indexed account, uint256 value, bytes data)',
      'event Burn(address indexed burner, address indexed account, uint256 value, bytes data)',
      'event AddressFrozen(address indexed account, bool indexed isFrozen, address indexed enforcer)',
      'event TokensFrozen(address indexed account, uint256 value)',
      'event TokensUnfrozen(address indexed account, uint256 value)',
      'event Terms(bytes32 hash, string uri)',
      'event MetaData(string newMetaData)',
      'event Deactivated(address account)',
    ]),
  ],
  effectsOf: (name, args) => {
    switch (name) {
      case 'Freeze':
      case 'Unfreeze':
        return [{ what: 'freeze', account: same(args.owner), frozen: name === 'Freeze' }]
      case 'AddressFrozen':
        return [{ what: 'freeze', account: same(args.account), frozen: args.isFrozen === true }]
      case 'TokensFrozen':
        return [{ what: 'frozen-change', account: same(args.account), change: args.value as bigint }]
      case 'TokensUnfrozen':
        return [{ what: 'frozen-change', account: same(args.account), change: -(args.value as bigint) }]
      case 'Enforcement':
        return [{ what: 'cause', cause: 'forced', from: same(args.account), to: null }]
      case 'RuleEngine':
        return [{ what: 'compliance', compliance: same(args.newRuleEngine) }]
      default:
        return erc7943.effectsOf(name, args)
    }
  },
  errors: [
    ...erc7943.errors,
    ...parseAbi(['error CMTAT_InvalidTransfer(address from, address to, uint256 amount)']),
  ],
  words: {
    ...erc20.words,
    ...erc7943.words,
    CMTAT_InvalidTransfer: 'a freeze, a pause or a rule refuses this transfer',
  },
}
