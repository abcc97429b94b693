// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20, IERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ICompliance} from "./interfaces/ICompliance.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {IInstrument} from "./interfaces/IInstrument.sol";
import {IRoles} from "./interfaces/IRoles.sol";
import {Codes, Verdict} from "./interfaces/IVerdict.sol";
import {Role} from "./Roles.sol";

/// @title Instrument
/// @notice A regulated token. Who may hold it is the registry's word, how much may move is the compliance's.
///
/// Roles:
/// - An issuer mints and burns.
/// - Orders freezes and unfreezes accounts.
///
/// Promises:
/// - Every path (transfer, transferFrom with or without permit, mint, burn) asks the same verdict, and a refusal
///   reverts with TransferRefused, which carries exactly that verdict.
/// - Checks run in a fixed order: sender frozen, recipient frozen, sender's standing, recipient's standing,
///   balance, compliance. A mint has no sender to check, a burn no recipient and no limit to respect.
/// - A frozen account neither sends, receives, is minted to nor burned from.
/// - Registry, compliance and roles never change.
///
/// Not guaranteed:
/// - Redemption of a lapsed or frozen holder: a burn from it is refused until the standing is restored.
/// - That an approval is refused: an allowance may stand to and from anyone, its use is checked.
contract Instrument is IInstrument, ERC20Permit {
    IRoles public immutable ROLES;
    IIdentityRegistry private immutable _REGISTRY;
    ICompliance private immutable _COMPLIANCE;
    uint8 private immutable _DECIMALS;

    /// @inheritdoc IInstrument
    mapping(address account => bool) public isFrozen;

    modifier onlyIssuer() {
        _onlyIssuer();
        _;
    }

    constructor(
        string memory name_,
        string memory symbol_,
        uint8 decimals_,
        IRoles roles,
        IIdentityRegistry registry,
        ICompliance compliance_
    ) ERC20(name_, symbol_) ERC20Permit(name_) {
        ROLES = roles;
        _REGISTRY = registry;
        _COMPLIANCE = compliance_;
        _DECIMALS = decimals_;
        emit IdentityRegistryAdded(address(registry));
        emit ComplianceAdded(address(compliance_));
    }

    /* ORDERS */

    /// @inheritdoc IInstrument
    function setAddressFrozen(address account, bool frozen) external {
        require(msg.sender == ROLES.orders(), NotOrders(msg.sender));

        isFrozen[account] = frozen;
        emit AddressFrozen(account, frozen, msg.sender);
    }

    /* ISSUER */

    /// @inheritdoc IInstrument
    function mint(address to, uint256 amount) external onlyIssuer {
        _refuseUnless(_verdict(address(0), to, amount), address(0), to, amount);
        _mint(to, amount);
        _COMPLIANCE.created(to, amount);
    }

    /// @inheritdoc IInstrument
    function burn(address from, uint256 amount) external onlyIssuer {
        _refuseUnless(_senderVerdict(from, amount), from, address(0), amount);
        _burn(from, amount);
        _COMPLIANCE.destroyed(from, amount);
    }

    /* HOLDER */

    /// @inheritdoc IERC20
    function transfer(address to, uint256 amount) public override(IERC20, ERC20) returns (bool) {
        _checkedTransfer(msg.sender, to, amount);
        return true;
    }

    /// @inheritdoc IERC20
    function transferFrom(address from, address to, uint256 amount) public override(IERC20, ERC20) returns (bool) {
        _spendAllowance(from, msg.sender, amount);
        _checkedTransfer(from, to, amount);
        return true;
    }

    /* VIEWS */

    /// @inheritdoc IInstrument
    function verdict(address from, address to, uint256 amount) external view returns (Verdict memory) {
        return _verdict(from, to, amount);
    }

    /// @inheritdoc IInstrument
    function detectTransferRestriction(address from, address to, uint256 amount) external view returns (uint8) {
        return _verdict(from, to, amount).code;
    }

    /// @inheritdoc IInstrument
    function messageForTransferRestriction(uint8 code) external pure returns (string memory) {
        if (code == Codes.ALLOWED) return "Allowed";
        if (code == Codes.BALANCE) return "Sender holds less than the amount";
        if (code == Codes.PAUSED) return "Instrument is paused";
        if (code == Codes.SENDER_FROZEN) return "Sender is frozen";
        if (code == Codes.RECIPIENT_FROZEN) return "Recipient is frozen";
        if (code == Codes.SENDER_UNKNOWN) return "Sender is not registered";
        if (code == Codes.SENDER_NOT_VERIFIED) return "Sender is not verified";
        if (code == Codes.SENDER_EXPIRED) return "Sender's verification has expired";
        if (code == Codes.RECIPIENT_UNKNOWN) return "Recipient is not registered";
        if (code == Codes.RECIPIENT_NOT_VERIFIED) return "Recipient is not verified";
        if (code == Codes.RECIPIENT_EXPIRED) return "Recipient's verification has expired";
        if (code == Codes.NO_RATE) return "Instrument has no rate";
        if (code == Codes.TRANSFER_LIMIT) return "Limit per transfer";
        if (code == Codes.DAY_LIMIT) return "Limit per 24 hours";
        if (code == Codes.MONTH_LIMIT) return "Limit per 30 days";
        if (code == Codes.FIRM_TRANSFER_LIMIT) return "Firm's limit per transfer";
        if (code == Codes.FIRM_DAY_LIMIT) return "Firm's limit per 24 hours";
        if (code == Codes.FIRM_MONTH_LIMIT) return "Firm's limit per 30 days";
        if (code == Codes.BALANCE_LIMIT) return "Recipient's limit of holdings";
        return "Unknown code";
    }

    /// @inheritdoc IInstrument
    function identityRegistry() external view returns (address) {
        return address(_REGISTRY);
    }

    /// @inheritdoc IInstrument
    function compliance() external view returns (address) {
        return address(_COMPLIANCE);
    }

    function decimals() public view override returns (uint8) {
        return _DECIMALS;
    }

    /* INTERNAL */

    function _checkedTransfer(address from, address to, uint256 amount) internal {
        _refuseUnless(_verdict(from, to, amount), from, to, amount);
        _transfer(from, to, amount);
        _COMPLIANCE.transferred(from, to, amount);
    }

    function _refuseUnless(Verdict memory v, address from, address to, uint256 amount) internal pure {
        require(v.code == Codes.ALLOWED, TransferRefused(from, to, amount, v.code, v.module, v.headroom, v.subject));
    }

    function _onlyIssuer() internal view {
        require(ROLES.holds(msg.sender, Role.ISSUER), NotIssuer(msg.sender));
    }

    /// @dev The one place that decides. `from` zero asks about a mint; `to` zero is an unknown recipient.
    function _verdict(address from, address to, uint256 amount) internal view returns (Verdict memory) {
        bool minting = from == address(0);
        if (!minting && isFrozen[from]) return _own(Codes.SENDER_FROZEN, 0, from);
        if (isFrozen[to]) return _own(Codes.RECIPIENT_FROZEN, 0, to);

        uint256 balance = type(uint256).max;
        if (!minting) {
            (uint8 code, address subject) = _lapse(from, Codes.SENDER_UNKNOWN);
            if (code != Codes.ALLOWED) return _own(code, 0, subject);
            balance = balanceOf(from);
        }
        {
            (uint8 code, address subject) = _lapse(to, Codes.RECIPIENT_UNKNOWN);
            if (code != Codes.ALLOWED) return _own(code, 0, subject);
        }
        if (amount > balance) return _own(Codes.BALANCE, balance, from);

        Verdict memory v = _COMPLIANCE.verdict(from, to, amount);
        if (v.code == Codes.ALLOWED && balance < v.headroom) return _own(Codes.ALLOWED, balance, from);
        return v;
    }

    /// @dev What `_verdict` asks of a sender, alone.
    function _senderVerdict(address from, uint256 amount) internal view returns (Verdict memory) {
        if (isFrozen[from]) return _own(Codes.SENDER_FROZEN, 0, from);
        (uint8 code, address subject) = _lapse(from, Codes.SENDER_UNKNOWN);
        if (code != Codes.ALLOWED) return _own(code, 0, subject);
        uint256 balance = balanceOf(from);
        return _own(amount > balance ? Codes.BALANCE : Codes.ALLOWED, balance, from);
    }

    /// @param unknown The code for "unknown"; "not verified" and "expired" follow it, for either side.
    function _lapse(address account, uint8 unknown) internal view returns (uint8 code, address subject) {
        IIdentityRegistry.Standing memory s = _REGISTRY.standing(account);
        if (s.identity == address(0)) return (unknown, account);
        if (s.status != IIdentityRegistry.Status.Verified) return (unknown + 1, s.identity);
        if (block.timestamp >= s.expiry) return (unknown + 2, s.identity);
        return (Codes.ALLOWED, s.identity);
    }

    function _own(uint8 code, uint256 headroom, address subject) internal view returns (Verdict memory) {
        return Verdict(code, address(this), headroom, bytes32(uint256(uint160(subject))));
    }
}
