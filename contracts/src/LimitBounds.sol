// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ILimitPolicy} from "./interfaces/ILimitPolicy.sol";
import {Cause, Movement} from "./interfaces/IModule.sol";
import {Codes, Verdict} from "./interfaces/IVerdict.sol";
import {Limits} from "./Limits.sol";
import {RollingWindow} from "./RollingWindow.sol";
import {Side} from "./Sides.sol";

/// @title LimitBounds
/// @notice What limits, rates, holdings and flows come to for one movement: the books of the policy, and how they are read.
///
/// Promises:
/// - It judges and never writes: the books change in LimitPolicy alone.
/// - The headroom of a verdict is the smallest of all limits that apply, and the code names whose it was.
/// - No arithmetic overflows, whatever rate, limit and amount: amounts passed a bound, sums have a ceiling.
/// - At most MAX_INSTRUMENTS holdings, and the buckets of a RollingWindow, are read.
abstract contract LimitBounds is ILimitPolicy {
    using Limits for uint256;
    using RollingWindow for RollingWindow.Flow;

    uint256 public constant MAX_INSTRUMENTS = 16;

    uint256 internal constant NO_LIMIT = Limits.NONE;

    /// @dev One slot. `place` is the instrument's in `_instruments` and in holdings, plus one; zero is unrated. `rated` is how
    /// many instruments are rated, the same in each: a movement asks one slot and knows where to stop.
    struct Rate {
        uint120 numerator;
        uint120 denominator;
        uint8 place;
        uint8 rated;
    }

    /// @dev What transfers ask of their sender, read once for a whole batch; empty for what is no transfer. Limits are words
    /// of Limits, heads stand at this hour.
    struct Sender {
        uint256 limitsOfOwn;
        uint256 limits;
        uint256 limitsOfFirm;
        RollingWindow.Head flow;
        RollingWindow.Head flowOfFirm;
        /// @dev What was counted since, in units and in reference units.
        uint256 amount;
        uint256 value;
    }

    /// @dev The tightest limit found so far, in units of the instrument. On equal terms the first keeps its name.
    struct Bound {
        uint256 amount;
        uint8 code;
        bytes32 subject;
    }

    uint8 internal _rated;
    address[MAX_INSTRUMENTS] internal _instruments;
    mapping(address instrument => Rate) internal _rates;

    /// @dev A word of Limits.
    mapping(Scope => mapping(bytes32 subject => uint256)) internal _limits;

    mapping(address identity => uint128[MAX_INSTRUMENTS]) internal _holdings;
    mapping(address identity => RollingWindow.Flow) internal _flowOf;
    mapping(uint256 firm => RollingWindow.Flow) internal _flowOfFirm;

    /* BOUNDS */

    /// @dev For a mint only what the recipient may hold counts; what is not asked for is not refused.
    function _judge(Movement memory m, Rate memory rate, Sender memory sender)
        internal
        view
        returns (Verdict memory v)
    {
        bool asked = m.cause == Cause.Transfer || m.cause == Cause.Mint;
        if (asked && rate.place == 0) return Verdict(Codes.NO_RATE, address(this), 0, _word(m.instrument));
        (address from, address to) = (m.sender.identity(), m.recipient.identity());
        if (!asked || (from == to && from != address(0))) {
            return Verdict(Codes.ALLOWED, address(this), type(uint256).max, 0);
        }

        Bound memory bound = m.cause == Cause.Transfer
            ? _boundOfFlow(m.sender, rate, sender)
            : Bound(type(uint256).max, Codes.ALLOWED, 0);
        _tightenByBalance(bound, to, m.recipient.tier(), rate);
        if (m.amount > bound.amount) v.code = bound.code;
        (v.module, v.headroom, v.subject) = (address(this), bound.amount, bound.subject);
    }

    /// @dev Without a limit an identity may send nothing, a firm as much as can be counted.
    function _boundOfFlow(Side side, Rate memory rate, Sender memory sender)
        internal
        pure
        returns (Bound memory bound)
    {
        (uint256 room, uint8 window) = _leastRoom(sender.limits, sender.flow, sender.value, 0);
        (uint256 ofFirm, uint8 windowOfFirm) =
            _leastRoom(sender.limitsOfFirm, sender.flowOfFirm, sender.value, RollingWindow.CEILING);
        if (ofFirm < room) {
            (bound.code, bound.subject) = (Codes.FIRM_TRANSFER_LIMIT + windowOfFirm, bytes32(uint256(side.firm())));
        } else {
            bound.code = Codes.TRANSFER_LIMIT + window;
            bound.subject = _subject(sender.limitsOfOwn, window, side.identity(), side.tier());
        }
        bound.amount = _amount(rate, ofFirm < room ? ofFirm : room);
    }

    /// @param counted Since the head was read. @param unstated What a limit is that nobody stated.
    /// @return least The room under the tightest limit of flow.
    function _leastRoom(uint256 limits, RollingWindow.Head memory head, uint256 counted, uint256 unstated)
        internal
        pure
        returns (uint256 least, uint8 window)
    {
        least = limits.capped(0, unstated, RollingWindow.CEILING);
        uint256 room = RollingWindow.remaining(limits.capped(1, unstated, RollingWindow.CEILING), head.inDay + counted);
        if (room < least) (least, window) = (room, 1);
        room = RollingWindow.remaining(limits.capped(2, unstated, RollingWindow.CEILING), head.inMonth + counted);
        if (room < least) (least, window) = (room, 2);
    }

    function _tightenByBalance(Bound memory bound, address identity, uint8 tier, Rate memory rate) internal view {
        uint256 held = _holdings[identity][rate.place - 1];
        uint256 own = _limits[Scope.Identity][_word(identity)];
        uint8 window = uint8(Window.Balance);
        (uint256 limit, bool isStated) = own.over(_ofTier(tier)).get(window);
        if (!isStated) limit = 0;
        // The counter's own room, whatever the limit.
        uint256 most = type(uint128).max - held;
        if (limit != NO_LIMIT) {
            // The inverse of "worth of the others + value of (held + amount), rounded up, is within the limit".
            uint256 room = RollingWindow.remaining(limit, _worth(identity, rate.rated, rate.place));
            room = RollingWindow.remaining(_amount(rate, room), held);
            if (room < most) most = room;
        }
        if (most >= bound.amount) return;
        (bound.amount, bound.code) = (most, Codes.BALANCE_LIMIT);
        bound.subject = _subject(own, window, identity, tier);
    }

    function _ofTier(uint8 tier) internal view returns (uint256) {
        return _limits[Scope.Tier][bytes32(uint256(tier))];
    }

    /// @return Whose limit it is: the identity's if its own word states one, else its tier's.
    function _subject(uint256 own, uint8 window, address identity, uint8 tier) internal pure returns (bytes32) {
        (, bool isOwn) = own.get(window);
        return isOwn ? _word(identity) : bytes32(uint256(tier));
    }

    function _sender(Cause cause, Side side) internal view returns (Sender memory sender) {
        if (cause != Cause.Transfer) return sender;
        (address identity, uint32 firm) = (side.identity(), side.firm());
        sender.limitsOfOwn = _limits[Scope.Identity][_word(identity)];
        sender.limits = sender.limitsOfOwn.over(_ofTier(side.tier()));
        sender.limitsOfFirm = _limits[Scope.Firm][bytes32(uint256(firm))];
        sender.flow = _flowOf[identity].rolledTo(_hour());
        sender.flowOfFirm = _flowOfFirm[firm].rolledTo(_hour());
    }

    function _used(RollingWindow.Head memory head, Window window) internal pure returns (uint256) {
        return window == Window.Day ? head.inDay : window == Window.Month ? head.inMonth : 0;
    }

    /// @return worth Of all the identity holds, each holding rounded up; but for the one whose place is `except`.
    function _worth(address identity, uint256 rated, uint256 except) internal view returns (uint256 worth) {
        uint128[MAX_INSTRUMENTS] storage holdings = _holdings[identity];
        for (uint256 i; i < rated; ++i) {
            uint256 held = i + 1 == except ? 0 : holdings[i];
            if (held != 0) worth += _value(_rates[_instruments[i]], held);
        }
    }

    function _hour() internal view returns (uint256) {
        return block.timestamp / 1 hours;
    }

    /* ARITHMETIC */

    /// @dev No overflow: callers' amounts passed a bound, hence are below 2^128; a numerator is below 2^120.
    function _value(Rate memory rate, uint256 amount) internal pure returns (uint256) {
        return Math.ceilDiv(amount * rate.numerator, rate.denominator);
    }

    /// @return The largest amount whose value, rounded up, is within the room. No overflow: 56 + 120 bits.
    function _amount(Rate memory rate, uint256 room) internal pure returns (uint256) {
        return room * rate.denominator / rate.numerator;
    }

    function _word(address account) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }
}
