// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// Tokens of kinds that we did not write, each with no more than its events, its refusals and the functions by which it
/// is recognised. Whoever deploys one may do everything.

contract PlainToken {
    string public name = "Plain";
    string public symbol = "PLN";
    uint8 public decimals = 6;
    uint256 public totalSupply;
    address internal immutable _master = msg.sender;
    mapping(address => uint256) public balanceOf;
    mapping(address => uint256) public nonces;
    bytes32 public constant DOMAIN_SEPARATOR = keccak256("Plain");

    event Transfer(address indexed from, address indexed to, uint256 value);
    /// What no adapter knows.
    event Surprise(address indexed who, uint256 what);

    error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed);

    modifier onlyMaster() virtual {
        require(msg.sender == _master, "only its master may");
        _;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _check(msg.sender, to, amount);
        _move(msg.sender, to, amount);
        return true;
    }

    function mint(address to, uint256 amount) external onlyMaster {
        _minted(to, amount);
        totalSupply += amount;
        balanceOf[to] += amount;
        emit Transfer(address(0), to, amount);
    }

    function surprise() external {
        emit Surprise(msg.sender, 7);
    }

    function _check(address from, address, uint256 amount) internal view virtual {
        if (balanceOf[from] < amount) revert ERC20InsufficientBalance(from, balanceOf[from], amount);
    }

    function _minted(address to, uint256 amount) internal virtual {}

    function _move(address from, address to, uint256 amount) internal {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
        emit Transfer(from, to, amount);
    }
}

abstract contract Freezable is PlainToken {
    mapping(address => bool) public isFrozen;
    mapping(address => uint256) internal _held;

    function getFrozenTokens(address account) external view returns (uint256) {
        return _held[account];
    }
}

/// ERC-3643 with refusals in words, as up to 4.1, and every parameter indexed that can be.
contract TextPermissioned is Freezable {
    address public identityRegistry = address(0x1d);
    address public compliance;
    address public onchainID;
    bool public paused;

    event UpdatedTokenInformation(
        string indexed newName, string indexed newSymbol, uint8 newDecimals, string newVersion, address indexed newOnchainID
    );
    event RecoverySuccess(address indexed lostWallet, address indexed newWallet, address indexed investorOnchainID);
    event ComplianceAdded(address indexed compliance);
    event AddressFrozen(address indexed userAddress, bool indexed isFrozen, address indexed owner);
    event TokensFrozen(address indexed userAddress, uint256 amount);
    event TokensUnfrozen(address indexed userAddress, uint256 amount);
    event Paused(address userAddress);
    event Unpaused(address userAddress);

    modifier onlyMaster() virtual override {
        require(msg.sender == _master, "AgentRole: caller does not have the Agent role");
        _;
    }

    function setCompliance(address to) external onlyMaster {
        compliance = to;
        emit ComplianceAdded(to);
    }

    function setName(string calldata to) external onlyMaster {
        name = to;
        emit UpdatedTokenInformation(to, symbol, decimals, "4.1.3", onchainID);
    }

    function pause() external onlyMaster {
        paused = true;
        emit Paused(msg.sender);
    }

    function unpause() external onlyMaster {
        paused = false;
        emit Unpaused(msg.sender);
    }

    function setAddressFrozen(address account, bool frozen) external onlyMaster {
        isFrozen[account] = frozen;
        emit AddressFrozen(account, frozen, msg.sender);
    }

    function freezePartialTokens(address account, uint256 amount) external onlyMaster {
        _held[account] += amount;
        emit TokensFrozen(account, amount);
    }

    function forcedTransfer(address from, address to, uint256 amount) external onlyMaster returns (bool) {
        uint256 free = balanceOf[from] - _held[from];
        if (amount > free) {
            _held[from] -= amount - free;
            emit TokensUnfrozen(from, amount - free);
        }
        _move(from, to, amount);
        return true;
    }

    function recoveryAddress(address lost, address replacement, address id) external onlyMaster returns (bool) {
        _move(lost, replacement, balanceOf[lost]);
        emit RecoverySuccess(lost, replacement, id);
        return true;
    }

    function _check(address from, address to, uint256 amount) internal view virtual override {
        require(!paused, "Pausable: paused");
        require(!isFrozen[from] && !isFrozen[to], "wallet is frozen");
        require(balanceOf[from] - _held[from] >= amount, "Insufficient Balance");
        require(to != compliance, "Transfer not possible");
    }
}

/// ERC-3643 as the text of the standard has its events, with errors that have names.
contract NamedPermissioned is Freezable {
    address public identityRegistry = address(0x1d);
    address public compliance = address(0xc0);
    address public onchainID;

    event UpdatedTokenInformation(
        string newName, string newSymbol, uint8 newDecimals, string newVersion, address newOnchainID
    );
    event RecoverySuccess(address lostWallet, address newWallet, address investorOnchainID);
    event AddressFrozen(address indexed userAddress, bool indexed isFrozen, address indexed owner);

    error FrozenWallet(address user);
    error ComplianceNotFollowed();

    function setName(string calldata to) external onlyMaster {
        name = to;
        emit UpdatedTokenInformation(to, symbol, decimals, "5.0.0", onchainID);
    }

    function setAddressFrozen(address account, bool frozen) external onlyMaster {
        isFrozen[account] = frozen;
        emit AddressFrozen(account, frozen, msg.sender);
    }

    function recoveryAddress(address lost, address replacement, address id) external onlyMaster returns (bool) {
        _move(lost, replacement, balanceOf[lost]);
        emit RecoverySuccess(lost, replacement, id);
        return true;
    }

    function _check(address from, address to, uint256 amount) internal view override {
        if (isFrozen[from]) revert FrozenWallet(from);
        if (to == compliance) revert ComplianceNotFollowed();
        super._check(from, to, amount);
    }
}

contract RealWorldAsset is Freezable {
    event ForcedTransfer(address indexed from, address indexed to, uint256 amount);
    event Frozen(address indexed account, uint256 amount);

    error ERC7943InsufficientUnfrozenBalance(address account, uint256 amount, uint256 unfrozen);

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == 0x01ffc9a7 || id == 0x3edbb4c4;
    }

    function canSend(address) external pure returns (bool ok) { ok = true; }

    function canReceive(address) external pure returns (bool ok) { ok = true; }

    function canTransfer(address from, address, uint256 amount) external view returns (bool) {
        return balanceOf[from] - _held[from] >= amount;
    }

    function setFrozenTokens(address account, uint256 amount) external onlyMaster returns (bool) {
        _held[account] = amount;
        emit Frozen(account, amount);
        return true;
    }

    function forcedTransfer(address from, address to, uint256 amount) external onlyMaster returns (bool) {
        emit ForcedTransfer(from, to, amount);
        _move(from, to, amount);
        return true;
    }

    function _check(address from, address to, uint256 amount) internal view override {
        uint256 free = balanceOf[from] - _held[from];
        if (amount > free) revert ERC7943InsufficientUnfrozenBalance(from, amount, free);
        super._check(from, to, amount);
    }
}

contract RestrictedToken is PlainToken {
    mapping(address => bool) public frozen;

    event Freeze(address indexed enforcer, address indexed owner, string indexed reasonIndexed, string reason);
    event RuleEngine(address indexed newRuleEngine);

    error CMTAT_InvalidTransfer(address from, address to, uint256 amount);

    function ruleEngine() external pure returns (address) {
        return address(0xe);
    }

    function setRuleEngine(address to) external onlyMaster {
        emit RuleEngine(to);
    }

    function detectTransferRestriction(address from, address to, uint256) public view returns (uint8) {
        return frozen[from] || frozen[to] ? 2 : 0;
    }

    function messageForTransferRestriction(uint8 code) external pure returns (string memory) {
        return code == 0 ? "No restriction" : "The account is frozen";
    }

    function freeze(address account, string calldata reason) external onlyMaster {
        frozen[account] = true;
        emit Freeze(msg.sender, account, reason, reason);
    }

    function _check(address from, address to, uint256 amount) internal view override {
        if (detectTransferRestriction(from, to, amount) != 0) revert CMTAT_InvalidTransfer(from, to, amount);
        super._check(from, to, amount);
    }
}

contract PaymentToken is PlainToken {
    bool public paused;
    mapping(address => bool) public isBlacklisted;

    event Blacklisted(address indexed account);
    event UnBlacklisted(address indexed account);
    event Pause();
    event Unpause();
    event Mint(address indexed minter, address indexed to, uint256 amount);

    function isMinter(address account) external view returns (bool) {
        return account == _master;
    }

    function blacklist(address account) external onlyMaster {
        isBlacklisted[account] = true;
        emit Blacklisted(account);
    }

    function unBlacklist(address account) external onlyMaster {
        isBlacklisted[account] = false;
        emit UnBlacklisted(account);
    }

    function pause() external onlyMaster {
        paused = true;
        emit Pause();
    }

    function _minted(address to, uint256 amount) internal override {
        emit Mint(msg.sender, to, amount);
    }

    function _check(address from, address to, uint256 amount) internal view override {
        require(!paused, "Pausable: paused");
        require(!isBlacklisted[from] && !isBlacklisted[to], "Blacklistable: account is blacklisted");
        require(balanceOf[from] >= amount, "ERC20: transfer amount exceeds balance");
    }
}

/// Its balances change without a word, and it speaks of transfers that nobody could make.
contract SilentToken is PlainToken {
    function conjure(address to, uint256 amount) external {
        totalSupply += amount;
        balanceOf[to] += amount;
    }
}
