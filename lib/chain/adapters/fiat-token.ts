import { parseAbi } from 'viem'
import { type Adapter, same } from './adapter'
import { erc20 } from './erc20'

/** Payment tokens in the manner of USDC, and of USDT: a list of blocked accounts, a pause, minters with allowances. */
export const fiatToken: Adapter = {
  standard: 'fiat-token',
  name: 'USDC-style',
  views: [
    'function isBlacklisted(address account) view returns (bool)',
    'function isBlackListed(address account) view returns (bool)',
    'function minterAllowance(address minter) view returns (uint256)',
    'function isMinter(address account) view returns (bool)',
  ],
  acts: ['function blacklist(address account)', 'function addBlackList(address account)'],
  interfaceIds: [],
  controls: [
    ...erc20.controls,
    { view: 'isBlacklisted(address)', of: 'freeze' },
    { view: 'isBlackListed(address)', of: 'freeze' },
  ],
  isRecognised: (probe) =>
    erc20.isRecognised(probe) &&
    (probe.answers('isBlacklisted(address)') || probe.answers('isBlackListed(address)')),
  capabilities: (probe) => ({
    ...erc20.capabilities(probe),
    pause: probe.answers('paused()'),
    blacklist: probe.answers('isBlacklisted(address)') || probe.answers('isBlackListed(address)'),
    mint: erc20.capabilities(probe).mint || probe.answers('isMinter(address)'),
  }),
  events: [
    ...erc20.events,
    ...parseAbi([
      'event Blacklisted(address indexed account)',
      'event UnBlacklisted(address indexed account)',
      'event AddedBlackList(address account)',
      'event RemovedBlackList(address account)',
      'event DestroyedBlackFunds(address account, uint256 amount)',
      'event Pause()',
      'event Unpause()',
      'event Mint(address indexed minter, address indexed to, uint256 amount)',
      'event Burn(address indexed burner, uint256 amount)',
      'event Issue(uint256 amount)',
      'event Redeem(uint256 amount)',
      'event Params(uint256 feeBasisPoints, uint256 maxFee)',
      'event Deprecate(address newAddress)',
      'event MinterConfigured(address indexed minter, uint256 minterAllowedAmount)',
      'event MinterRemoved(address indexed oldMinter)',
      'event MasterMinterChanged(address indexed newMasterMinter)',
      'event BlacklisterChanged(address indexed newBlacklister)',
      'event PauserChanged(address indexed newAddress)',
      'event RescuerChanged(address indexed newRescuer)',
      'event OwnershipTransferred(address previousOwner, address newOwner)',
      'event AuthorizationUsed(address indexed authorizer, bytes32 indexed nonce)',
      'event AuthorizationCanceled(address indexed authorizer, bytes32 indexed nonce)',
    ]),
  ],
  effectsOf: (name, args) => {
    switch (name) {
      case 'Blacklisted':
      case 'AddedBlackList':
        return [{ what: 'freeze', account: same(args.account), frozen: true }]
      case 'UnBlacklisted':
      case 'RemovedBlackList':
        return [{ what: 'freeze', account: same(args.account), frozen: false }]
      case 'Pause':
        return [{ what: 'pause', paused: true }]
      case 'Unpause':
        return [{ what: 'pause', paused: false }]
      default:
        return erc20.effectsOf(name, args)
    }
  },
  errors: erc20.errors,
  words: {
    ...erc20.words,
    'Blacklistable: account is blacklisted': 'the sender or the receiver is on its list of blocked accounts',
    'FiatToken: caller is not a minter': 'only a minter may',
    'FiatToken: mint amount exceeds minterAllowance': 'more than the minter may still mint',
    'ERC20: transfer amount exceeds balance': 'the sender holds less than that',
    'ERC20: transfer amount exceeds allowance': 'the spender may not move that much',
  },
}
