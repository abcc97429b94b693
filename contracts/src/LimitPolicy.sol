// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {IInstrument} from "./interfaces/IInstrument.sol";
import {ILimitPolicy} from "./interfaces/ILimitPolicy.sol";
import {Cause, IModule, Movement} from "./interfaces/IModule.sol";
import {IRoles} from "./interfaces/IRoles.sol";
import {Codes, Verdict} from "./interfaces/IVerdict.sol";
import {LimitBounds} from "./LimitBounds.sol";
import {Limits} from "./Limits.sol";
import {RollingWindow} from "./RollingWindow.sol";
import {Side} from "./Sides.sol";

/// @title LimitPolicy
/// @notice What an identity, and a firm with all its customers, may send; and what an identity may hold.
///
/// Roles:
/// - The deployer founds the first limits and rates, once.
/// - Orders sets limits and rates from then on.
/// - The compliance of a rated instrument counts.
///
/// Promises:
/// - For every interval of 24 h, and of 30 d, what an identity sends to others stays at or under the limit that stood
///   at each sending; likewise for a firm. Counted across wallets and instruments, in reference units rounded up.
/// - Fails closed: an instrument without a rate does not move, a tier without a limit may send and hold nothing.
///   An identity's own limit, and a firm's, apply only where they are stated.
/// - Transfers between accounts of one identity, and mints, count no flow and need no room in it.
/// - What an identity holds after a transfer or a mint from outside is worth at most its limit at the rates of then.
/// - A limit below what is used leaves no room, and takes nothing away.
/// - Burns, forced transfers and recoveries are never refused: they move what identities hold, and count no flow. What an
///   officer takes is not what the holder sent.
/// - Within the same hour a transfer, or a batch of them, writes one slot of flow for the identity and one for its firm. How a verdict is
///   found, and that its cost is bounded, is in LimitBounds.
///
/// Not guaranteed:
/// - Exactness of the window: up to one hour (one day) more than the interval counts, never less.
/// - A limit above the ceiling of 2^56 - 1 reference units (of 0.01: 720 trillion). That much is the most "no limit" can
///   mean for a flow.
/// - Holdings of units that came while an instrument's compliance did not ask this policy. They move, uncounted.
/// - That rates follow any market. They are numbers that two officers signed.
contract LimitPolicy is LimitBounds {
    using Limits for uint256;
    using RollingWindow for RollingWindow.Flow;
    using SafeCast for uint256;

    IRoles public immutable ROLES;
    IIdentityRegistry public immutable REGISTRY;
    address private immutable _DEPLOYER;

    bool private _founded;

    modifier onlyOrders() {
        _onlyOrders();
        _;
    }

    constructor(IRoles roles, IIdentityRegistry registry) {
        ROLES = roles;
        REGISTRY = registry;
        _DEPLOYER = msg.sender;
    }

    /* DEPLOYER */

    /// @inheritdoc ILimitPolicy
    function found(InitialLimit[] calldata limits, InitialRate[] calldata rates) external {
        require(msg.sender == _DEPLOYER, NotDeployer(msg.sender));
        require(!_founded, AlreadyFounded());

        _founded = true;
        for (uint256 i; i < limits.length; ++i) {
            _setLimit(limits[i].scope, limits[i].subject, limits[i].window, limits[i].limit, 0);
        }
        for (uint256 i; i < rates.length; ++i) {
            _setRate(rates[i].instrument, rates[i].numerator, rates[i].denominator, 0);
        }
    }

    /* ORDERS */

    /// @inheritdoc ILimitPolicy
    function setLimit(Scope scope, bytes32 subject, Window window, uint256 limit, bytes32 orderId) external onlyOrders {
        _setLimit(scope, subject, window, limit, orderId);
    }

    /// @inheritdoc ILimitPolicy
    function setRate(address instrument, uint128 numerator, uint128 denominator, bytes32 orderId) external onlyOrders {
        _setRate(instrument, numerator, denominator, orderId);
    }

    /* COMPLIANCE */

    /// @inheritdoc IModule
    function record(Movement memory m) external returns (Verdict memory v) {
        Rate memory rate = _rates[m.instrument];
        Sender memory sender = _sender(m.cause, m.sender);
        v = _judge(m, rate, sender);
        if (v.code != Codes.ALLOWED) return v;
        _onlyCompliance(m.instrument, rate);
        _count(m, rate, sender);
        _settle(m, rate, sender);
    }

    /// @inheritdoc IModule
    /// @dev The recipients' books are written as they come, so that who comes twice is judged with both.
    function recordBatch(Movement[] calldata movements) external {
        if (movements.length == 0) return;
        Movement memory first = movements[0];
        Rate memory rate = _rates[first.instrument];
        Sender memory sender = _sender(first.cause, first.sender);
        _onlyCompliance(first.instrument, rate);
        for (uint256 i; i < movements.length; ++i) {
            Movement memory m = movements[i];
            require(_isAlike(m, first) && _judge(m, rate, sender).code == Codes.ALLOWED, BatchRefused(i));
            _count(m, rate, sender);
        }
        _settle(first, rate, sender);
    }

    /* VIEWS */

    /// @inheritdoc IModule
    function check(Movement memory m) external view returns (Verdict memory) {
        return _judge(m, _rates[m.instrument], _sender(m.cause, m.sender));
    }

    /// @inheritdoc ILimitPolicy
    function headroom(address instrument, address account)
        external
        view
        returns (uint256 amount, uint8 code, bytes32 subject)
    {
        Rate memory rate = _rates[instrument];
        if (rate.place == 0) return (0, Codes.NO_RATE, _word(instrument));

        (Side side,) = REGISTRY.sides(account, address(0));
        Bound memory bound = _boundOfFlow(side, rate, _sender(Cause.Transfer, side));
        return (bound.amount, bound.code, bound.subject);
    }

    /// @inheritdoc ILimitPolicy
    function limitOf(Scope scope, bytes32 subject, Window window) external view returns (uint256 limit, bool isSet) {
        return _limits[scope][subject].get(uint256(window));
    }

    /// @inheritdoc ILimitPolicy
    /// @dev Zero for a tier, whose identities are counted each on its own, and for a single transfer.
    function usedOf(Scope scope, bytes32 subject, Window window) external view returns (uint256 used) {
        if (scope == Scope.Identity) {
            address identity = address(uint160(uint256(subject)));
            if (window == Window.Balance) return _worth(identity, _rated, 0);
            return _used(_flowOf[identity].rolledTo(_hour()), window);
        }
        if (scope == Scope.Firm) return _used(_flowOfFirm[uint256(subject)].rolledTo(_hour()), window);
    }

    /// @inheritdoc ILimitPolicy
    function valueOf(address instrument, uint256 amount) external view returns (uint256) {
        (uint128 numerator, uint128 denominator) = rateOf(instrument);
        require(numerator != 0, InvalidRate(numerator, denominator));
        return Math.mulDiv(amount, numerator, denominator, Math.Rounding.Ceil);
    }

    /// @inheritdoc ILimitPolicy
    function rateOf(address instrument) public view returns (uint128 numerator, uint128 denominator) {
        Rate storage rate = _rates[instrument];
        return (rate.numerator, rate.denominator);
    }

    /* INTERNAL: COUNTING */

    /// @dev Writes what the recipient holds, and keeps what the sender sent.
    function _count(Movement memory m, Rate memory rate, Sender memory sender) internal {
        (address from, address to) = (m.sender.identity(), m.recipient.identity());
        if (m.amount == 0 || from == to) return;

        uint128 amount = m.amount.toUint128();
        sender.amount += amount;
        if (m.cause != Cause.Burn) _holdings[to][rate.place - 1] += amount;
        if (m.cause == Cause.Transfer) sender.value += _value(rate, amount);
    }

    /// @dev Writes what the sender sent. @param m Any of those counted.
    function _settle(Movement memory m, Rate memory rate, Sender memory sender) internal {
        if (sender.amount == 0) return;

        (address from, uint32 firm) = (m.sender.identity(), m.sender.firm());
        if (m.cause != Cause.Mint) {
            uint128[MAX_INSTRUMENTS] storage held = _holdings[from];
            uint256 place = rate.place - 1;
            // Units that another compliance let in uncounted leave all the same.
            held[place] = RollingWindow.remaining(held[place], sender.amount).toUint128();
        }
        if (m.cause != Cause.Transfer) return;

        _flowOf[from].add(sender.flow, sender.value);
        _flowOfFirm[firm].add(sender.flowOfFirm, sender.value);
        emit FlowCounted(from, firm, m.instrument, sender.value);
    }

    function _isAlike(Movement memory m, Movement memory first) internal pure returns (bool) {
        bool ofOne = m.instrument == first.instrument && Side.unwrap(m.sender) == Side.unwrap(first.sender);
        return ofOne && m.cause == Cause.Transfer && first.cause == Cause.Transfer;
    }

    /// @dev An instrument without a rate has no place in the books.
    function _onlyCompliance(address instrument, Rate memory rate) internal view {
        require(rate.place != 0 && msg.sender == IInstrument(instrument).compliance(), NotCompliance(msg.sender));
    }

    /* INTERNAL: SETTING */

    function _setLimit(Scope scope, bytes32 subject, Window window, uint256 limit, bytes32 orderId) internal {
        require(scope != Scope.Firm || window != Window.Balance, InvalidScope(scope, window));
        // A subject that no account could match would be a limit that silently protects nothing.
        uint256 largest =
            scope == Scope.Identity ? type(uint160).max : scope == Scope.Tier ? type(uint8).max : type(uint32).max;
        require(uint256(subject) <= largest, InvalidSubject(scope, subject));
        // Zero is no identity and no firm; a tier it may be.
        require(subject != 0 || scope == Scope.Tier, InvalidSubject(scope, subject));
        require(limit == NO_LIMIT || limit <= RollingWindow.CEILING, LimitTooLarge(limit));

        uint256 limits = _limits[scope][subject];
        (uint256 limitBefore,) = limits.get(uint256(window));
        _limits[scope][subject] = limits.put(uint256(window), limit);
        emit LimitSet(scope, subject, window, limitBefore, limit, orderId);
    }

    function _setRate(address instrument, uint128 numerator, uint128 denominator, bytes32 orderId) internal {
        bool fits = numerator <= type(uint120).max && denominator <= type(uint120).max;
        require(fits && numerator != 0 && denominator != 0, InvalidRate(numerator, denominator));
        // A rate is for ever one of few: a mistaken address must not take one.
        require(instrument.code.length != 0, NotInstrument(instrument));

        Rate storage rate = _rates[instrument];
        if (rate.place == 0) rate.place = _place(instrument);
        // forge-lint: disable-next-line(unsafe-typecast)
        (rate.numerator, rate.denominator, rate.rated) = (uint120(numerator), uint120(denominator), _rated);
        emit RateSet(instrument, numerator, denominator, orderId);
    }

    /// @return place Of an instrument that is rated for the first time. The others learn that they are one more.
    function _place(address instrument) internal returns (uint8 place) {
        require(_rated < MAX_INSTRUMENTS, TooManyInstruments(MAX_INSTRUMENTS));

        for (uint256 i; i < _rated; ++i) {
            ++_rates[_instruments[i]].rated;
        }
        _instruments[_rated] = instrument;
        place = ++_rated;
    }

    function _onlyOrders() internal view {
        require(msg.sender == ROLES.orders(), NotOrders(msg.sender));
    }
}
