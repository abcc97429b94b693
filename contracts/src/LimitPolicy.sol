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
import {RollingWindow} from "./RollingWindow.sol";

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
/// - Transfers between accounts of one identity, mints and burns count no flow and need no room in it.
/// - What an identity holds after a transfer or a mint from outside is worth at most its limit at the rates of then.
/// - The headroom of a verdict is the smallest of all limits that apply, and the code names whose it was.
/// - A limit below what is used leaves no room, and takes nothing away.
/// - Bounded cost: at most MAX_INSTRUMENTS holdings, and a ring of 32 buckets a window, are read.
///
/// Not guaranteed:
/// - Exactness of the window: up to one hour (one day) more than the interval counts, never less.
/// - A limit above the ceiling of 2^96 - 1 reference units: that much is the most "no limit" can mean for a flow.
/// - That rates follow any market. They are numbers that two officers signed.
contract LimitPolicy is ILimitPolicy {
    using RollingWindow for RollingWindow.Head;
    using SafeCast for uint256;

    uint256 public constant MAX_INSTRUMENTS = 16;

    /// @dev The current step and the 24 hours, or 30 days, before it.
    uint256 internal constant HOURS = 25;
    uint256 internal constant DAYS = 31;

    uint256 internal constant NO_LIMIT = type(uint256).max;

    struct Rate {
        uint128 numerator;
        uint128 denominator;
    }

    /// @dev Both heads share a slot.
    struct Flow {
        RollingWindow.Head day;
        RollingWindow.Head month;
        RollingWindow.Bucket[32] byHour;
        RollingWindow.Bucket[32] byDay;
    }

    /// @dev The tightest limit found so far, in units of the instrument. On equal terms the first keeps its name.
    struct Bound {
        uint256 amount;
        uint8 code;
        bytes32 subject;
    }

    IRoles public immutable ROLES;
    IIdentityRegistry public immutable REGISTRY;
    address private immutable _DEPLOYER;

    bool private _founded;
    uint8 private _count;
    /// @dev Place in `_rates` and in holdings, plus one; zero is unrated.
    mapping(address instrument => uint256) private _place;
    Rate[MAX_INSTRUMENTS] private _rates;

    /// @dev By window. Zero is "not stated", the largest "no limit", else the limit plus one.
    mapping(Scope => mapping(bytes32 subject => uint128[4])) private _limits;

    mapping(address identity => uint128[MAX_INSTRUMENTS]) private _holdings;
    mapping(address identity => Flow) private _flowOf;
    mapping(uint256 firm => Flow) private _flowOfFirm;

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
    function record(Movement calldata m) external returns (Verdict memory v) {
        v = _check(m);
        if (v.code != Codes.ALLOWED) return v;
        uint256 place = _countedPlace(m.instrument);
        if (m.amount == 0) return v;
        (address from, address to) = (m.sender.identity, m.recipient.identity);
        if (from == to) return v;

        if (m.cause != Cause.Mint) _holdings[from][place] -= m.amount.toUint128();
        if (m.cause != Cause.Burn) _holdings[to][place] += m.amount.toUint128();
        if (m.cause != Cause.Transfer) return v;

        uint256 value = _value(_rates[place], m.amount);
        _count_(_flowOf[from], value);
        _count_(_flowOfFirm[m.sender.firm], value);
        emit FlowCounted(from, m.sender.firm, m.instrument, value);
    }

    /* VIEWS */

    /// @inheritdoc IModule
    function check(Movement calldata m) external view returns (Verdict memory) {
        return _check(m);
    }

    /// @inheritdoc ILimitPolicy
    function headroom(address instrument, address account)
        external
        view
        returns (uint256 amount, uint8 code, bytes32 subject)
    {
        uint256 place = _place[instrument];
        if (place == 0) return (0, Codes.NO_RATE, _word(instrument));

        Bound memory bound = Bound(type(uint256).max, Codes.ALLOWED, 0);
        _tightenByFlow(bound, REGISTRY.standing(account), _rates[place - 1]);
        return (bound.amount, bound.code, bound.subject);
    }

    /// @inheritdoc ILimitPolicy
    function limitOf(Scope scope, bytes32 subject, Window window) external view returns (uint256 limit, bool isSet) {
        return _limit(_limits[scope][subject], window);
    }

    /// @inheritdoc ILimitPolicy
    /// @dev Zero for a tier, whose identities are counted each on its own, and for a single transfer.
    function usedOf(Scope scope, bytes32 subject, Window window) external view returns (uint256 used) {
        if (scope == Scope.Identity) {
            address identity = address(uint160(uint256(subject)));
            if (window == Window.Balance) return _worth(identity, MAX_INSTRUMENTS);
            return _used(_flowOf[identity], window);
        }
        if (scope == Scope.Firm) return _used(_flowOfFirm[uint256(subject)], window);
    }

    /// @inheritdoc ILimitPolicy
    function valueOf(address instrument, uint256 amount) external view returns (uint256) {
        (uint128 numerator, uint128 denominator) = rateOf(instrument);
        require(numerator != 0, InvalidRate(numerator, denominator));
        return Math.mulDiv(amount, numerator, denominator, Math.Rounding.Ceil);
    }

    /// @inheritdoc ILimitPolicy
    function rateOf(address instrument) public view returns (uint128 numerator, uint128 denominator) {
        uint256 place = _place[instrument];
        if (place != 0) return (_rates[place - 1].numerator, _rates[place - 1].denominator);
    }

    /* INTERNAL: SETTING */

    function _setLimit(Scope scope, bytes32 subject, Window window, uint256 limit, bytes32 orderId) internal {
        require(scope != Scope.Firm || window != Window.Balance, InvalidScope(scope, window));
        // A subject that no account could match would be a limit that silently protects nothing.
        uint256 largest =
            scope == Scope.Identity ? type(uint160).max : scope == Scope.Tier ? type(uint8).max : type(uint32).max;
        require(uint256(subject) <= largest, InvalidSubject(scope, subject));
        require(limit == NO_LIMIT || limit <= RollingWindow.CEILING, LimitTooLarge(limit));

        uint128[4] storage limits = _limits[scope][subject];
        (uint256 limitBefore,) = _limit(limits, window);
        // forge-lint: disable-next-line(unsafe-typecast)
        limits[uint256(window)] = limit == NO_LIMIT ? type(uint128).max : uint128(limit + 1);
        emit LimitSet(scope, subject, window, limitBefore, limit, orderId);
    }

    function _setRate(address instrument, uint128 numerator, uint128 denominator, bytes32 orderId) internal {
        require(numerator != 0 && denominator != 0, InvalidRate(numerator, denominator));

        uint256 place = _place[instrument];
        if (place == 0) {
            require(_count < MAX_INSTRUMENTS, TooManyInstruments(MAX_INSTRUMENTS));
            place = ++_count;
            _place[instrument] = place;
        }
        _rates[place - 1] = Rate(numerator, denominator);
        emit RateSet(instrument, numerator, denominator, orderId);
    }

    /* INTERNAL: COUNTING */

    function _count_(Flow storage flow, uint256 value) internal {
        flow.day.add(flow.byHour, HOURS, block.timestamp / 1 hours, value);
        flow.month.add(flow.byDay, DAYS, block.timestamp / 1 days, value);
    }

    /// @return The instrument's place; reverts unless its own compliance calls.
    function _countedPlace(address instrument) internal view returns (uint256) {
        uint256 place = _place[instrument];
        require(place != 0 && msg.sender == IInstrument(instrument).compliance(), NotCompliance(msg.sender));
        return place - 1;
    }

    function _onlyOrders() internal view {
        require(msg.sender == ROLES.orders(), NotOrders(msg.sender));
    }

    /* INTERNAL: BOUNDS */

    /// @dev For a mint only what the recipient may hold counts; what is not asked for is not refused.
    function _check(Movement calldata m) internal view returns (Verdict memory) {
        bool asked = m.cause == Cause.Transfer || m.cause == Cause.Mint;
        uint256 place = _place[m.instrument];
        if (place == 0 && asked) return Verdict(Codes.NO_RATE, address(this), 0, _word(m.instrument));
        if (!asked || (m.sender.identity == m.recipient.identity && m.sender.identity != address(0))) {
            return Verdict(Codes.ALLOWED, address(this), type(uint256).max, 0);
        }
        Rate memory rate = _rates[--place];

        Bound memory bound = Bound(type(uint256).max, Codes.ALLOWED, 0);
        if (m.cause == Cause.Transfer) _tightenByFlow(bound, m.sender, rate);
        _tightenByBalance(bound, m.recipient, place, rate);

        uint8 code = m.amount > bound.amount ? bound.code : Codes.ALLOWED;
        return Verdict(code, address(this), bound.amount, bound.subject);
    }

    function _tightenByFlow(Bound memory bound, IIdentityRegistry.Standing memory sender, Rate memory rate)
        internal
        view
    {
        uint256 least = type(uint256).max;
        {
            (uint128[4] storage own, uint128[4] storage tier) = _limitsOf(sender);
            Flow storage flow = _flowOf[sender.identity];
            for (uint8 w; w < uint8(Window.Balance); ++w) {
                (uint256 limit, bool isOwn) = _limitFor(own, tier, Window(w));
                uint256 room = _room(limit, _used(flow, Window(w)));
                if (room >= least) continue;
                least = room;
                (bound.code, bound.subject) = (Codes.TRANSFER_LIMIT + w, _subject(sender, isOwn));
            }
        }
        bytes32 firm = bytes32(uint256(sender.firm));
        uint128[4] storage firmLimits = _limits[Scope.Firm][firm];
        Flow storage firmFlow = _flowOfFirm[sender.firm];
        for (uint8 w; w < uint8(Window.Balance); ++w) {
            (uint256 limit,) = _limit(firmLimits, Window(w));
            uint256 room = _room(limit, _used(firmFlow, Window(w)));
            if (room >= least) continue;
            least = room;
            (bound.code, bound.subject) = (Codes.FIRM_TRANSFER_LIMIT + w, firm);
        }
        bound.amount = _amount(rate, least);
    }

    function _tightenByBalance(
        Bound memory bound,
        IIdentityRegistry.Standing memory recipient,
        uint256 place,
        Rate memory rate
    ) internal view {
        uint256 held = _holdings[recipient.identity][place];
        (uint128[4] storage own, uint128[4] storage tier) = _limitsOf(recipient);
        (uint256 limit, bool isOwn) = _limitFor(own, tier, Window.Balance);
        // The counter's own room, whatever the limit.
        uint256 most = type(uint128).max - held;
        if (limit != NO_LIMIT) {
            // The inverse of "worth of the others + value of (held + amount), rounded up, is within the limit".
            uint256 room = _room(limit, _worth(recipient.identity, place));
            most = Math.min(most, RollingWindow.remaining(_amount(rate, room), held));
        }
        if (most >= bound.amount) return;
        (bound.amount, bound.code, bound.subject) = (most, Codes.BALANCE_LIMIT, _subject(recipient, isOwn));
    }

    function _limitsOf(IIdentityRegistry.Standing memory s)
        internal
        view
        returns (uint128[4] storage own, uint128[4] storage tier)
    {
        own = _limits[Scope.Identity][_word(s.identity)];
        tier = _limits[Scope.Tier][bytes32(uint256(s.tier))];
    }

    /// @return limit The identity's own, else its tier's, else nothing.
    function _limitFor(uint128[4] storage own, uint128[4] storage tier, Window window)
        internal
        view
        returns (uint256 limit, bool isOwn)
    {
        (limit, isOwn) = _limit(own, window);
        if (isOwn) return (limit, true);
        bool isSet;
        (limit, isSet) = _limit(tier, window);
        if (!isSet) limit = 0;
    }

    function _subject(IIdentityRegistry.Standing memory s, bool isOwn) internal pure returns (bytes32) {
        return isOwn ? _word(s.identity) : bytes32(uint256(s.tier));
    }

    function _limit(uint128[4] storage limits, Window window) internal view returns (uint256, bool) {
        uint256 stored = limits[uint256(window)];
        if (stored == 0) return (NO_LIMIT, false);
        return (stored == type(uint128).max ? NO_LIMIT : stored - 1, true);
    }

    function _used(Flow storage flow, Window window) internal view returns (uint256) {
        if (window == Window.Day) return flow.day.sumAt(flow.byHour, HOURS, block.timestamp / 1 hours);
        if (window == Window.Month) return flow.month.sumAt(flow.byDay, DAYS, block.timestamp / 1 days);
        return 0;
    }

    /// @return worth Of all the identity holds, each holding rounded up; but for the one at `except`.
    function _worth(address identity, uint256 except) internal view returns (uint256 worth) {
        uint128[MAX_INSTRUMENTS] storage holdings = _holdings[identity];
        uint256 count = _count;
        for (uint256 i; i < count; ++i) {
            uint256 held = i == except ? 0 : holdings[i];
            if (held != 0) worth += _value(_rates[i], held);
        }
    }

    /* INTERNAL: ARITHMETIC */

    /// @dev No overflow: callers' amounts passed a bound, hence amount * numerator < 2^256 - 2^128.
    function _value(Rate memory rate, uint256 amount) internal pure returns (uint256) {
        return Math.ceilDiv(amount * rate.numerator, rate.denominator);
    }

    /// @return What is left of a limit, as far as the counters can count.
    function _room(uint256 limit, uint256 used) internal pure returns (uint256) {
        return RollingWindow.remaining(Math.min(limit, RollingWindow.CEILING), used);
    }

    /// @return The largest amount whose value, rounded up, is within the room. No overflow: 96 + 128 bits.
    function _amount(Rate memory rate, uint256 room) internal pure returns (uint256) {
        return room * rate.denominator / rate.numerator;
    }

    function _word(address account) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }
}
