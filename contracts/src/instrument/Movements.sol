// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICompliance} from "../interfaces/ICompliance.sol";
import {IInstrument} from "../interfaces/IInstrument.sol";
import {Cause, Movement} from "../interfaces/IModule.sol";
import {Codes, Verdict} from "../interfaces/IVerdict.sol";
import {Fitness, Side} from "../Sides.sol";
import {Holds} from "./Holds.sol";

/// @title Movements
/// @notice The one place that decides whether units move, and the one that moves them because somebody asked.
///
/// Promises:
/// - What the views say, the deed does; a refusal reverts with TransferRefused, which carries exactly that verdict.
/// - Checks run in a fixed order: pause, sender frozen, recipient frozen, sender's standing, recipient's standing,
///   balance that is free, compliance. A mint has no sender to check, a burn no recipient and no limit to respect.
/// - The registry is asked once a movement; the compliance checks and counts in one pass, before balances change.
/// - Both are asked once for a whole batch of transfers. Where that says no, `_move` of each in turn decides and explains.
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
        return !isFrozen(account) && _REGISTRY.isVerified(account);
    }

    function canReceive(address account) external view returns (bool) {
        return !isFrozen(account) && _REGISTRY.isVerified(account);
    }

    function paused() public view returns (bool) {
        return block.timestamp < _instrument().pausedUntil;
    }

    /* INTERNAL: THE DEED */

    /// @dev Check and effect in one pass; a refusal undoes whatever a module counted.
    function _move(Cause cause, address from, address to, uint256 amount) internal {
        Movement memory m = _movement(cause, from, to, amount);
        Verdict memory v = _own(m);
        if (v.code == Codes.ALLOWED) v = _compliance().record(m);
        _refuseUnless(v, m);
        _update(from, to, amount);
    }

    /// @dev What `_move` of one after the other does, where none is refused; else nothing, and false. Everybody is asked
    /// once for all of them.
    function _moveTogether(address from, address[] calldata to, uint256[] calldata amounts) internal returns (bool) {
        (Side sender, Side[] memory recipients) = _REGISTRY.sidesBatch(from, to);
        Movement[] memory ms = new Movement[](to.length);
        // What comes back to the sender's own account is not added: too strict, never too lax.
        uint256 free = _free(balanceOf(from), _hold(from).amount);
        for (uint256 i; i < to.length; ++i) {
            ms[i] = Movement(Cause.Transfer, address(this), from, to[i], amounts[i], sender, recipients[i]);
            if (amounts[i] > free || _parties(ms[i]).code != Codes.ALLOWED) return false;
            free -= amounts[i];
        }
        try _compliance().recordBatch(ms) {}
        catch {
            return false;
        }
        for (uint256 i; i < to.length; ++i) {
            _update(from, to[i], amounts[i]);
        }
        return true;
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
        (m.sender, m.recipient) = _REGISTRY.sides(from, to);
    }

    /// @dev The instrument's own checks. The headroom is what is free.
    function _own(Movement memory m) internal view returns (Verdict memory v) {
        v = _parties(m);
        if (v.code != Codes.ALLOWED || m.cause == Cause.Mint) return v;

        uint256 balance = balanceOf(m.from);
        v.headroom = _free(balance, _hold(m.from).amount);
        if (m.amount > v.headroom) v.code = m.amount > balance ? Codes.BALANCE : Codes.FREE_BALANCE;
        return v;
    }

    /// @dev What the instrument asks whatever the amount. Every party's freeze before any party's standing.
    function _parties(Movement memory m) internal view returns (Verdict memory v) {
        (bool sends, bool receives) = (m.cause != Cause.Mint, m.cause != Cause.Burn);
        if (paused()) return _say(Codes.PAUSED, 0, address(this));
        if (sends && isFrozen(m.from)) return _say(Codes.SENDER_FROZEN, 0, m.from);
        if (receives && isFrozen(m.to)) return _say(Codes.RECIPIENT_FROZEN, 0, m.to);
        if (sends && m.sender.fitness() != Fitness.Eligible) return _unfit(m.sender, m.from, true);
        if (receives && m.recipient.fitness() != Fitness.Eligible) return _unfit(m.recipient, m.to, false);
        (v.module, v.headroom, v.subject) = (address(this), type(uint256).max, bytes32(uint256(uint160(m.from))));
    }

    /// @dev Why a side may not take part. The subject is the identity, or the account where nobody knows one.
    function _unfit(Side side, address account, bool sends) internal view returns (Verdict memory) {
        Fitness fitness = side.fitness();
        if (fitness == Fitness.Unknown) {
            return _say(sends ? Codes.SENDER_UNKNOWN : Codes.RECIPIENT_UNKNOWN, 0, account);
        }
        uint8 code = sends ? Codes.SENDER_CLAIM : Codes.RECIPIENT_CLAIM;
        if (fitness == Fitness.NotVerified) code = sends ? Codes.SENDER_NOT_VERIFIED : Codes.RECIPIENT_NOT_VERIFIED;
        if (fitness == Fitness.Expired) code = sends ? Codes.SENDER_EXPIRED : Codes.RECIPIENT_EXPIRED;
        if (fitness == Fitness.Flagged) code = sends ? Codes.SENDER_FLAGGED : Codes.RECIPIENT_FLAGGED;
        return _say(code, 0, side.identity());
    }

    /// @dev The compliance's word, unless the holder's own balance binds more.
    function _tighter(Verdict memory own, Verdict memory rules) private pure returns (Verdict memory) {
        return rules.code == Codes.ALLOWED && own.headroom < rules.headroom ? own : rules;
    }

    function _say(uint8 code, uint256 headroom, address subject) internal view returns (Verdict memory v) {
        (v.code, v.module, v.headroom, v.subject) = (code, address(this), headroom, bytes32(uint256(uint160(subject))));
    }

    function _compliance() private view returns (ICompliance) {
        return ICompliance(_instrument().compliance);
    }
}
