// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICompliance} from "../interfaces/ICompliance.sol";
import {IInstrument} from "../interfaces/IInstrument.sol";
import {Cause, Movement} from "../interfaces/IModule.sol";
import {Codes} from "../interfaces/IVerdict.sol";
import {Fitness, Side} from "../Sides.sol";
import {Movements} from "./Movements.sol";

/// @title Controls
/// @notice What an authority does against a holder's will or in a holder's place, and to the instrument as a whole.
///
/// Roles:
/// - Orders alone.
///
/// Promises:
/// - A forced transfer heeds no pause, no freeze of the sender, no standing of the sender and no rule. Its recipient must
///   be able to receive. Frozen units move for the shortfall only, and the frozen amount falls by as much.
/// - It is never to oneself: it unfreezes nothing that does not leave.
/// - A recovery stays within one identity, verified at that time. Balance, frozen amount and freeze go to the
///   replacement; the lost account is retired in this instrument, for good. It needs no balance.
/// - Both are counted by the compliance as holdings, and use up no limit of flow.
/// - A pause lapses by itself, and stops everything but these two.
/// - A compliance is accepted only if this instrument is bound to it, so nothing moves without rules.
///
/// Not guaranteed:
/// - That allowances of a lost account end. What it gave is worth nothing: it holds nothing and is frozen. What others
///   gave it still lets it draw on them: whoever lost a key tells them to take theirs back.
/// - That a new compliance is as strict as the one before: two persons sign its address.
abstract contract Controls is Movements {
    /* ORDERS */

    /// @inheritdoc IInstrument
    function forcedTransfer(address from, address to, uint256 amount) external onlyOrders returns (bool) {
        _force(from, to, amount);
        return true;
    }

    function recoveryAddress(address lost, address replacement, address identity) external onlyOrders returns (bool) {
        require(lost != replacement, SameAccount(lost));
        require(identity != address(0), ZeroAddress());
        _requireActive(lost);
        _requireActive(replacement);
        Movement memory m = _movement(Cause.Recovery, lost, replacement, balanceOf(lost));
        _requireOf(identity, m.sender, lost);
        _requireOf(identity, m.recipient, replacement);
        _requireFit(m);

        _carryHold(lost, replacement);
        _count(m);
        emit RecoverySuccess(lost, replacement, identity);
        return true;
    }

    function pause() external onlyOrders {
        _pause(UNTIL_LIFTED);
    }

    /// @inheritdoc IInstrument
    function pause(uint64 until) external onlyOrders {
        require(until > block.timestamp, UntilPassed(until));

        _pause(until);
    }

    function unpause() external onlyOrders {
        _instrument().pausedUntil = 0;
        emit Unpaused(msg.sender);
        emit PausedUntil(0);
    }

    function setCompliance(address compliance_) external onlyOrders {
        // Without code the question itself would revert without a name.
        bool bound = compliance_.code.length != 0 && ICompliance(compliance_).isTokenBound(address(this));
        require(bound, ComplianceNotBound(compliance_));

        _instrument().compliance = compliance_;
        emit ComplianceAdded(compliance_);
    }

    /* VIEWS */

    /// @inheritdoc IInstrument
    function pausedUntil() external view returns (uint64) {
        return _instrument().pausedUntil;
    }

    /* INTERNAL */

    function _force(address from, address to, uint256 amount) internal {
        require(from != address(0) && to != address(0), ZeroAddress());
        require(from != to, SameAccount(from));
        Movement memory m = _movement(Cause.Forced, from, to, amount);
        if (isFrozen(to)) _refuseUnless(_say(Codes.RECIPIENT_FROZEN, 0, to), m);
        _requireFit(m);
        uint256 balance = balanceOf(from);
        if (amount > balance) _refuseUnless(_say(Codes.BALANCE, balance, from), m);

        uint256 frozen = _hold(from).amount;
        uint256 free = _free(balance, frozen);
        // Before the units leave, as ERC-7943 asks. The shortfall is at most what is frozen of the balance.
        if (amount > free) _setFrozenTokens(from, frozen - (amount - free));
        _count(m);
        emit ForcedTransfer(from, to, amount);
    }

    function _requireOf(address identity, Side side, address account) private pure {
        require(side.identity() == identity, NotOfIdentity(account, side.identity(), identity));
    }

    function _requireFit(Movement memory m) private view {
        bool fit = m.recipient.fitness() == Fitness.Eligible;
        if (!fit) _refuseUnless(_unfit(m.recipient, m.to, false), m);
    }

    /// @dev Whoever was held stays held, under another address.
    function _carryHold(address lost, address replacement) private {
        bool frozen = isFrozen(lost);
        (Hold memory before, Hold memory after_) = (_hold(lost), _hold(replacement));
        if (before.amount != 0) {
            _setFrozenTokens(lost, 0);
            _setFrozenTokens(replacement, uint256(before.amount) + after_.amount);
        }
        if (frozen && before.until > after_.until) _freeze(replacement, before.until);
        _retire(lost, replacement);
    }

    function _pause(uint64 until) private {
        _instrument().pausedUntil = until;
        emit Paused(msg.sender);
        emit PausedUntil(until);
    }
}
