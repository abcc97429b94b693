import { parseAbi } from 'viem'
import type { Adapter } from './adapter'

/** ERC-20 and what many have beside it: EIP-2612, and the pause, ownership and roles of common libraries. */
export const erc20: Adapter = {
  standard: 'erc20',
  name: 'ERC-20',
  views: [
    'function totalSupply() view returns (uint256)',
    'function balanceOf(address account) view returns (uint256)',
    'function decimals() view returns (uint8)',
    'function allowance(address owner, address spender) view returns (uint256)',
    'function DOMAIN_SEPARATOR() view returns (bytes32)',
    'function nonces(address owner) view returns (uint256)',
    'function paused() view returns (bool)',
  ],
  acts: [
    'function mint(address to, uint256 amount)',
    'function burn(uint256 amount)',
    'function burn(address from, uint256 amount)',
    'function pause()',
  ],
  interfaceIds: [],
  controls: [{ view: 'paused()', of: 'pause' }],
  isRecognised: ({ answers }) =>
    answers('totalSupply()') && answers('balanceOf(address)') && answers('decimals()'),
  capabilities: ({ answers, offers, upgradeable }) => ({
    pause: answers('paused()') && offers('pause()'),
    mint: offers('mint(address,uint256)'),
    burn: offers('burn(uint256)') || offers('burn(address,uint256)'),
    permit: answers('DOMAIN_SEPARATOR()') && answers('nonces(address)'),
    upgradeable,
  }),
  events: parseAbi([
    'event Approval(address indexed owner, address indexed spender, uint256 value)',
    'event Paused(address account)',
    'event Unpaused(address account)',
    'event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)',
    'event OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner)',
    'event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender)',
    'event RoleRevoked(bytes32 indexed role, address indexed account, address indexed sender)',
    'event RoleAdminChanged(bytes32 indexed role, bytes32 indexed previousAdminRole, bytes32 indexed newAdminRole)',
    'event Initialized(uint8 version)',
    'event Initialized(uint64 version)',
    'event Upgraded(address indexed implementation)',
    'event AdminChanged(address previousAdmin, address newAdmin)',
    'event EIP712DomainChanged()',
  ]),
  effectsOf: (name) => {
    if (name === 'Paused') return [{ what: 'pause', paused: true }]
    return name === 'Unpaused' ? [{ what: 'pause', paused: false }] : []
  },
  errors: parseAbi([
    'error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)',
    'error ERC20InvalidSender(address sender)',
    'error ERC20InvalidReceiver(address receiver)',
    'error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)',
    'error ERC20InvalidApprover(address approver)',
    'error ERC20InvalidSpender(address spender)',
    'error EnforcedPause()',
    'error ExpectedPause()',
    'error OwnableUnauthorizedAccount(address account)',
    'error AccessControlUnauthorizedAccount(address account, bytes32 neededRole)',
  ]),
  words: {
    ERC20InsufficientBalance: 'the sender holds less than that',
    ERC20InsufficientAllowance: 'the spender may not move that much',
    ERC20InvalidReceiver: 'nobody can receive at that address',
    ERC20InvalidSender: 'nobody can send from that address',
    EnforcedPause: 'the instrument is paused',
    ExpectedPause: 'the instrument is not paused',
    OwnableUnauthorizedAccount: 'only its owner may',
    AccessControlUnauthorizedAccount: 'the account lacks the role for it',
    'Pausable: paused': 'the instrument is paused',
  },
}
