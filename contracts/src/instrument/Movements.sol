// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICompliance} from "../interfaces/ICompliance.sol";
import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {IInstrument} from "../interfaces/IInstrument.sol";
import {Cause, Movement} from "../interfaces/IModule.sol";
import {Codes, Verdict} from "../interfaces/IVerdict.sol";
import {Holds} from "./Holds.sol";

/// @title Movements
/// @notice The one place that decides whether units move, and the one that moves them because somebody asked.
///
/// Promises:
/// - What the views say, the deed does; a refusal reverts with TransferRefused, which carries exactly that verdict.
/// - Checks run in a fixed order: pause, sender frozen, recipient frozen, sender's standing, recipient's standing,
///   balance that is free, compliance. A mint has no sender to check, a burn no recipient and no limit to respect.
/// - The registry is asked once a movement; the compliance checks and counts in one pass, before balances change.
abstract contract Movements is Holds {
    /* VIEWS */

    /// @inheritdoc IInstrument
    function verdict(address from, address to, uint256 amount) external view returns (Verdict memory) {
        return _verdict(from, to, amount);
    }

    function detectTransferRestriction(address from, address to, uint256 amount) external view returns (uint8) {
        return _verdict(from, to, amount).code;
    }

    /// @dev As ERC-7943 has it: of permissions only. An amount above the balance is none of its business, unless some of
    /// the balance is frozen.
    function canTransfer(address from, address to, uint256 amount) external view returns (bool) {
        if (from == address(0)) return false;
        Movement memory m = _movement(Cause.Transfer, from, to, amount);
        if (_parties(m).code != Codes.ALLOWED) return false;
        uint256 frozen = _hold(from).amount;
        if (frozen != 0 && amount > _free(balanceOf(from), frozen)) return false;
        return _compliance().verdict(m).code == Codes.ALLOWED;
    }

    function canSend(address account) external view returns (bool) {
        return !isFrozen(account) && _isEligible(account);
    }

    function canReceive(address account) external view returns (bool) {
        return !isFrozen(account) && _isEligible(account);
    }

    function paused() public view returns (bool) {
        return block.timestamp < _instrument().pausedUntil;
    }

    /* INTERNAL: THE DEED */

    /// @dev Check and effect in one pass; a refusal undoes whatever a module counted.
    function _move(Cause cause, address from, address to, uint256 amount) internal {
        Movement memory m = _movement(cause, from, to, amount);
        Verdict memory v = _own(m);
        if (v.code == Codes.ALLOWED) v = _tighter(v, _compliance().record(m));
        _refuseUnless(v, m);
        _update(from, to, amount);
    }

    /// @dev For the causes that no rule refuses: they are counted, and move.
    function _count(Movement memory m) internal {
        _refuseUnless(_compliance().record(m), m);
        _update(m.from, m.to, m.amount);
    }

    function _refuseUnless(Verdict memory v, Movement memory m) internal pure {
        require(
            v.code == Codes.ALLOWED, TransferRefused(m.from, m.to, m.amount, v.code, v.module, v.headroom, v.subject)
        );
    }

    /* INTERNAL: THE VERDICT */

    /// @dev What `_move` would say. `from` zero asks about a mint; `to` zero is an unknown recipient.
    function _verdict(address from, address to, uint256 amount) internal view returns (Verdict memory) {
        Movement memory m = _movement(from == address(0) ? Cause.Mint : Cause.Transfer, from, to, amount);
        Verdict memory v = _own(m);
        return v.code == Codes.ALLOWED ? _tighter(v, _compliance().verdict(m)) : v;
    }

    function _movement(Cause cause, address from, address to, uint256 amount)
        internal
        view
        returns (Movement memory m)
    {
        (m.cause, m.instrument, m.from, m.to, m.amount) = (cause, address(this), from, to, amount);
        (m.sender, m.recipient) = _REGISTRY.standings(from, to);
    }

    /// @dev The instrument's own checks. The headroom is what is free.
    function _own(Movement memory m) internal view returns (Verdict memory v) {
        v = _parties(m);
        if (v.code != Codes.ALLOWED || m.cause == Cause.Mint) return v;

        uint256 balance = balanceOf(m.from);
        uint256 free = _free(balance, _hold(m.from).amount);
        if (m.amount <= free) return _say(Codes.ALLOWED, free, m.from);
        return _say(m.amount > balance ? Codes.BALANCE : Codes.FREE_BALANCE, free, m.from);
    }

    /// @dev What the instrument asks whatever the amount. Every party's freeze before any party's standing.
    function _parties(Movement memory m) internal view returns (Verdict memory) {
        (bool sends, bool receives) = (m.cause != Cause.Mint, m.cause != Cause.Burn);
        if (paused()) return _say(Codes.PAUSED, 0, address(this));
        if (sends && isFrozen(m.from)) return _say(Codes.SENDER_FROZEN, 0, m.from);
        if (receives && isFrozen(m.to)) return _say(Codes.RECIPIENT_FROZEN, 0, m.to);
        if (sends) {
            (uint8 code, address subject) = _lapse(m.from, m.sender, Codes.SENDER_UNKNOWN);
            if (code != Codes.ALLOWED) return _say(code, 0, subject);
        }
        if (receives) {
            (uint8 code, address subject) = _lapse(m.to, m.recipient, Codes.RECIPIENT_UNKNOWN);
            if (code != Codes.ALLOWED) return _say(code, 0, subject);
        }
        return _say(Codes.ALLOWED, type(uint256).max, m.from);
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

    function _isEligible(address account) private view returns (bool) {
        (uint8 code,) = _lapse(account, _REGISTRY.standing(account), Codes.SENDER_UNKNOWN);
        return code == Codes.ALLOWED;
    }

    /// @dev The compliance's word, unless the holder's own balance binds more.
    function _tighter(Verdict memory own, Verdict memory rules) private pure returns (Verdict memory) {
        return rules.code == Codes.ALLOWED && own.headroom < rules.headroom ? own : rules;
    }

    function _say(uint8 code, uint256 headroom, address subject) internal view returns (Verdict memory) {
        return Verdict(code, address(this), headroom, bytes32(uint256(uint160(subject))));
    }

    function _compliance() private view returns (ICompliance) {
        return ICompliance(_instrument().compliance);
    }
}
