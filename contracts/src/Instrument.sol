// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20, IERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ICompliance} from "./interfaces/ICompliance.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {IInstrument} from "./interfaces/IInstrument.sol";
import {Cause, Movement} from "./interfaces/IModule.sol";
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
/// - The registry is asked once a movement, the compliance checks and counts in one pass before balances move.
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
        _record(_movement(Cause.Mint, address(0), to, amount));
        _mint(to, amount);
    }

    /// @inheritdoc IInstrument
    function burn(address from, uint256 amount) external onlyIssuer {
        _record(_movement(Cause.Burn, from, address(0), amount));
        _burn(from, amount);
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
        if (code == Codes.FREE_BALANCE) return "Part of the sender's balance is frozen";
        if (code == Codes.SENDER_UNKNOWN) return "Sender is not registered";
        if (code == Codes.SENDER_NOT_VERIFIED) return "Sender is not verified";
        if (code == Codes.SENDER_EXPIRED) return "Sender's verification has expired";
        if (code == Codes.RECIPIENT_UNKNOWN) return "Recipient is not registered";
        if (code == Codes.RECIPIENT_NOT_VERIFIED) return "Recipient is not verified";
        if (code == Codes.RECIPIENT_EXPIRED) return "Recipient's verification has expired";
        if (code == Codes.SENDER_FLAGGED) return "Sender has a screening hit";
        if (code == Codes.SENDER_CLAIM) return "Sender lacks a required claim";
        if (code == Codes.RECIPIENT_FLAGGED) return "Recipient has a screening hit";
        if (code == Codes.RECIPIENT_CLAIM) return "Recipient lacks a required claim";
        if (code == Codes.NO_RATE) return "Instrument has no rate";
        if (code == Codes.TRANSFER_LIMIT) return "Limit per transfer";
        if (code == Codes.DAY_LIMIT) return "Limit per 24 hours";
        if (code == Codes.MONTH_LIMIT) return "Limit per 30 days";
        if (code == Codes.FIRM_TRANSFER_LIMIT) return "Firm's limit per transfer";
        if (code == Codes.FIRM_DAY_LIMIT) return "Firm's limit per 24 hours";
        if (code == Codes.FIRM_MONTH_LIMIT) return "Firm's limit per 30 days";
        if (code == Codes.BALANCE_LIMIT) return "Recipient's limit of holdings";
        if (code == Codes.COUNTRY) return "Country is not allowed";
        if (code == Codes.SUPPLY_CAP) return "Cap of the supply";
        if (code == Codes.HOLDER_CAP) return "Cap of the number of holders";
        if (code == Codes.NOT_PREAPPROVED) return "Transfer is not approved beforehand";
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
        _record(_movement(Cause.Transfer, from, to, amount));
        _transfer(from, to, amount);
    }

    /// @dev Check and effect in one pass, before balances move; a refusal undoes whatever a module counted.
    function _record(Movement memory m) internal {
        Verdict memory v = _own(m);
        if (v.code == Codes.ALLOWED) v = _tighter(v, _COMPLIANCE.record(m));
        require(
            v.code == Codes.ALLOWED, TransferRefused(m.from, m.to, m.amount, v.code, v.module, v.headroom, v.subject)
        );
    }

    function _onlyIssuer() internal view {
        require(ROLES.holds(msg.sender, Role.ISSUER), NotIssuer(msg.sender));
    }

    /// @dev What `_record` would say. `from` zero asks about a mint; `to` zero is an unknown recipient.
    function _verdict(address from, address to, uint256 amount) internal view returns (Verdict memory) {
        Movement memory m = _movement(from == address(0) ? Cause.Mint : Cause.Transfer, from, to, amount);
        Verdict memory v = _own(m);
        return v.code == Codes.ALLOWED ? _tighter(v, _COMPLIANCE.verdict(m)) : v;
    }

    function _movement(Cause cause, address from, address to, uint256 amount)
        internal
        view
        returns (Movement memory m)
    {
        (m.cause, m.instrument, m.from, m.to, m.amount) = (cause, address(this), from, to, amount);
        (m.sender, m.recipient) = _REGISTRY.standings(from, to);
    }

    /// @dev The instrument's own checks, in their order. A mint has no sender to check, a burn no recipient.
    function _own(Movement memory m) internal view returns (Verdict memory) {
        (bool sends, bool receives) = (m.cause != Cause.Mint, m.cause != Cause.Burn);
        if (sends && isFrozen[m.from]) return _say(Codes.SENDER_FROZEN, 0, m.from);
        if (receives && isFrozen[m.to]) return _say(Codes.RECIPIENT_FROZEN, 0, m.to);
        if (sends) {
            (uint8 code, address subject) = _lapse(m.from, m.sender, Codes.SENDER_UNKNOWN);
            if (code != Codes.ALLOWED) return _say(code, 0, subject);
        }
        if (receives) {
            (uint8 code, address subject) = _lapse(m.to, m.recipient, Codes.RECIPIENT_UNKNOWN);
            if (code != Codes.ALLOWED) return _say(code, 0, subject);
        }
        uint256 balance = sends ? balanceOf(m.from) : type(uint256).max;
        return _say(m.amount > balance ? Codes.BALANCE : Codes.ALLOWED, balance, m.from);
    }

    /// @dev The compliance's word, unless the holder's own balance binds more.
    function _tighter(Verdict memory own, Verdict memory rules) internal pure returns (Verdict memory) {
        return rules.code == Codes.ALLOWED && own.headroom < rules.headroom ? own : rules;
    }

    /// @param unknown The code for "unknown"; "not verified" and "expired" follow it, for either side.
    function _lapse(address account, IIdentityRegistry.Standing memory s, uint8 unknown)
        internal
        view
        returns (uint8 code, address subject)
    {
        if (s.identity == address(0)) return (unknown, account);
        if (s.status != IIdentityRegistry.Status.Verified) return (unknown + 1, s.identity);
        if (block.timestamp >= s.expiry) return (unknown + 2, s.identity);
        bool sends = unknown == Codes.SENDER_UNKNOWN;
        if (s.flagged) return (sends ? Codes.SENDER_FLAGGED : Codes.RECIPIENT_FLAGGED, s.identity);
        if (!s.claimed) return (sends ? Codes.SENDER_CLAIM : Codes.RECIPIENT_CLAIM, s.identity);
        return (Codes.ALLOWED, s.identity);
    }

    function _say(uint8 code, uint256 headroom, address subject) internal view returns (Verdict memory) {
        return Verdict(code, address(this), headroom, bytes32(uint256(uint160(subject))));
    }
}
