// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {IInstrument} from "./interfaces/IInstrument.sol";
import {ILimitPolicy} from "./interfaces/ILimitPolicy.sol";
import {IOrderedModule} from "./interfaces/IOrderedModule.sol";
import {IOrders} from "./interfaces/IOrders.sol";
import {IRoles} from "./interfaces/IRoles.sol";
import {ITrust} from "./interfaces/ITrust.sol";
import {IUpgradeable} from "./interfaces/IUpgradeable.sol";
import {OrderTypes} from "./OrderTypes.sol";

/// @title Dispatch
/// @notice What orders do: the whole list of functions that they can call, and of the contracts they can call them on.
///
/// Promises:
/// - No generic call, no delegatecall, no value: each kind calls one function of one interface.
/// - Registry, policy, roles and the table of signatures are the ones of this suite. An instrument is known by its rate,
///   which two persons gave it. A module is known by the table of roles that it obeys, which must be this one, and by
///   the one kind of order that it takes. See docs/decisions/010-order-targets.md.
/// - A measure ends after it is reviewed, and both lie ahead. One person's ends within EMERGENCY. None ends before one
///   that stands: what stands is shortened only by lifting it, with two.
/// - One person may flag an identity that screening hit. It takes two to clear it.
/// - An instrument is never made another's code.
///
/// Not guaranteed:
/// - That a module is asked by any instrument, or does what its function says: two persons, or for Preapprove one, read
///   its address in what they sign. A contract that only claims to obey can do nothing with the call but spend its gas.
/// - That one person does not take the same emergency measure again when it lapses; each is an order with its reason.
abstract contract Dispatch is IOrders {
    /// @notice How long a measure may last that one person takes.
    uint64 public constant EMERGENCY = 72 hours;

    IRoles public immutable ROLES;
    IIdentityRegistry public immutable REGISTRY;
    ILimitPolicy public immutable POLICY;

    mapping(Kind => uint8) internal _signatures;

    constructor(IRoles roles, IIdentityRegistry registry, ILimitPolicy policy) {
        ROLES = roles;
        REGISTRY = registry;
        POLICY = policy;
        for (uint8 k = 1; k <= uint8(type(Kind).max); ++k) {
            _setSignatures(Kind(k), OrderTypes.foundingSignatures(Kind(k)), 0);
        }
    }

    /// @inheritdoc IOrders
    function signaturesFor(Kind kind) external view returns (uint8) {
        return _signatures[kind];
    }

    /// @dev Each branch answers false for a kind that is not for its target. `abi.decode` refuses bits outside a type.
    /// @param alone True if one person signed.
    function _dispatch(bytes32 id, Order calldata order, bool alone) internal {
        address target = order.target;
        bool done;
        if (target == address(REGISTRY)) done = _orderRegistry(id, order.kind, order.arguments, alone);
        else if (target == address(POLICY)) done = _orderPolicy(id, order.kind, order.arguments);
        else if (target == address(ROLES)) done = _orderRoles(id, order.kind, order.arguments);
        else if (target == address(this)) done = _orderThis(id, order.kind, order.arguments);
        else if (_isInstrument(target)) done = _orderInstrument(id, order.kind, target, order.arguments, alone);
        else if (_takes(target, order.kind)) done = _orderModule(id, order.kind, target, order.arguments);
        require(done, UnknownTarget(order.kind, target));
    }

    /* THE SUITE'S OWN */

    function _orderRegistry(bytes32 id, Kind kind, bytes calldata arguments, bool alone) internal returns (bool) {
        if (kind == Kind.DecideKyc) {
            _decideKyc(id, arguments);
        } else if (kind == Kind.SetScreening) {
            _screen(id, arguments, alone);
        } else if (kind == Kind.SetTrustedIssuer) {
            (address issuer, uint256 topic, bool trusted) = abi.decode(arguments, (address, uint256, bool));
            ITrust(address(REGISTRY)).setTrustedIssuer(issuer, topic, trusted, id);
        } else if (kind == Kind.SetClaimTopic) {
            (uint256 topic, bool required) = abi.decode(arguments, (uint256, bool));
            ITrust(address(REGISTRY)).setClaimTopic(topic, required, id);
        } else if (kind == Kind.SetCountry) {
            (address identity, uint16 country) = abi.decode(arguments, (address, uint16));
            REGISTRY.setCountry(identity, country, id);
        } else {
            return false;
        }
        return true;
    }

    function _decideKyc(bytes32 id, bytes calldata arguments) internal {
        (address identity, IIdentityRegistry.Status status, uint8 tier, uint64 expiry, bytes32 evidence) =
            abi.decode(arguments, (address, IIdentityRegistry.Status, uint8, uint64, bytes32));
        REGISTRY.decide(identity, status, tier, expiry, evidence, id);
    }

    /// @dev Whatever the table says: to stop somebody must be quick, to let go again must be right.
    function _screen(bytes32 id, bytes calldata arguments, bool alone) internal {
        (address identity, bool flagged) = abi.decode(arguments, (address, bool));
        require(flagged || !alone, ClearingNeedsTwo(identity));
        REGISTRY.setFlag(identity, flagged, id);
    }

    function _orderPolicy(bytes32 id, Kind kind, bytes calldata arguments) internal returns (bool) {
        if (kind == Kind.SetLimit) {
            (ILimitPolicy.Scope scope, bytes32 subject, ILimitPolicy.Window window, uint256 limit) =
                abi.decode(arguments, (ILimitPolicy.Scope, bytes32, ILimitPolicy.Window, uint256));
            POLICY.setLimit(scope, subject, window, limit, id);
        } else if (kind == Kind.SetRate) {
            (address instrument, uint128 numerator, uint128 denominator) =
                abi.decode(arguments, (address, uint128, uint128));
            POLICY.setRate(instrument, numerator, denominator, id);
        } else {
            return false;
        }
        return true;
    }

    function _orderRoles(bytes32 id, Kind kind, bytes calldata arguments) internal returns (bool) {
        if (kind == Kind.SetRoles) {
            (address account, bytes32 person, uint256 roles) = abi.decode(arguments, (address, bytes32, uint256));
            ROLES.setRoles(account, person, roles, id);
        } else if (kind == Kind.Delegate) {
            (address principal, address delegate, uint64 startsAt, uint64 until) =
                abi.decode(arguments, (address, address, uint64, uint64));
            ROLES.setDelegation(principal, delegate, startsAt, until, id);
        } else {
            return false;
        }
        return true;
    }

    function _orderThis(bytes32 id, Kind kind, bytes calldata arguments) internal returns (bool) {
        if (kind != Kind.SetSignatures) return false;

        (Kind which, uint8 signatures) = abi.decode(arguments, (Kind, uint8));
        _setSignatures(which, signatures, id);
        return true;
    }

    /* INSTRUMENTS */

    function _isInstrument(address target) internal view returns (bool) {
        (uint128 numerator,) = POLICY.rateOf(target);
        return numerator != 0;
    }

    function _orderInstrument(bytes32 id, Kind kind, address target, bytes calldata arguments, bool alone)
        internal
        returns (bool)
    {
        IInstrument instrument = IInstrument(target);

        if (kind == Kind.Freeze || kind == Kind.Pause) {
            _takeMeasure(id, kind, target, arguments, alone);
        } else if (kind == Kind.Unfreeze) {
            instrument.setAddressFrozen(abi.decode(arguments, (address)), false);
        } else if (kind == Kind.Unpause) {
            address named = abi.decode(arguments, (address));
            require(named == target, TargetMismatch(kind, target, named));
            instrument.unpause();
        } else if (kind == Kind.FreezeAmount) {
            (address account, uint256 amount) = abi.decode(arguments, (address, uint256));
            instrument.setFrozenTokens(account, amount);
        } else if (kind == Kind.ForcedTransfer) {
            (address from, address to, uint256 amount) = abi.decode(arguments, (address, address, uint256));
            instrument.forcedTransfer(from, to, amount);
        } else if (kind == Kind.Recover) {
            (address lost, address replacement, address identity) = abi.decode(arguments, (address, address, address));
            instrument.recoveryAddress(lost, replacement, identity);
        } else if (kind == Kind.SetCompliance) {
            instrument.setCompliance(abi.decode(arguments, (address)));
        } else if (kind == Kind.Upgrade) {
            _upgrade(target, arguments);
        } else {
            return false;
        }
        return true;
    }

    /// @dev An instrument, which has its code elsewhere, answers for that code as its own. Behind another instrument's
    /// address it would ask itself for code without end, and no order could take it away again.
    function _upgrade(address target, bytes calldata arguments) internal {
        address implementation = abi.decode(arguments, (address));
        bool isCode = implementation == address(0) || _answers(implementation, IUpgradeable.implementation.selector, 0);
        require(isCode, IUpgradeable.NotAnImplementation(implementation));
        IUpgradeable(target).scheduleUpgrade(implementation);
    }

    /// @dev Freeze and Pause have the same form. An instrument does as it is told: that a measure only ever lengthens
    /// what stands is this contract's promise.
    function _takeMeasure(bytes32 id, Kind kind, address target, bytes calldata arguments, bool alone) internal {
        (address subject, uint64 reviewBy, uint64 expiresAt) = abi.decode(arguments, (address, uint64, uint64));
        require(block.timestamp < expiresAt, BadMeasure(reviewBy, expiresAt));
        require(block.timestamp <= reviewBy && reviewBy <= expiresAt, BadMeasure(reviewBy, expiresAt));
        uint64 latest = uint64(block.timestamp) + EMERGENCY;
        require(!alone || expiresAt <= latest, EmergencyTooLong(expiresAt, latest));

        IInstrument instrument = IInstrument(target);
        bool freezes = kind == Kind.Freeze;
        require(freezes || subject == target, TargetMismatch(kind, target, subject));
        uint64 standing = freezes ? instrument.frozenUntil(subject) : instrument.pausedUntil();
        require(standing <= expiresAt, MeasureShortened(expiresAt, standing));

        emit MeasureTaken(id, kind, target, subject, reviewBy, expiresAt);
        if (freezes) instrument.freeze(subject, expiresAt);
        else instrument.pause(expiresAt);
    }

    /* MODULES */

    function _orderModule(bytes32 id, Kind kind, address target, bytes calldata arguments) internal returns (bool) {
        IOrderedModule module = IOrderedModule(target);

        if (kind == Kind.SetCountryRule) {
            (uint16 country, bool listed) = abi.decode(arguments, (uint16, bool));
            module.setCountry(country, listed, id);
        } else if (kind == Kind.Preapprove) {
            _preapprove(id, module, arguments);
        } else if (kind == Kind.SetSupplyCap || kind == Kind.SetHolderCap) {
            module.setCap(abi.decode(arguments, (uint256)), id);
        } else {
            return false;
        }
        return true;
    }

    function _preapprove(bytes32 id, IOrderedModule module, bytes calldata arguments) internal {
        (address from, address to, uint256 amount, uint64 expiresAt) =
            abi.decode(arguments, (address, address, uint256, uint64));
        module.approve(from, to, amount, expiresAt, id);
    }

    function _takes(address target, Kind kind) internal view returns (bool) {
        return _answers(target, IOrderedModule.ROLES.selector, uint256(uint160(address(ROLES))))
            && _answers(target, IOrderedModule.KIND.selector, uint256(kind));
    }

    /// @dev By hand: a target without code, or one that answers something else, is unknown, not a panic.
    function _answers(address target, bytes4 question, uint256 expected) internal view returns (bool) {
        (bool done, bytes memory answer) = target.staticcall(abi.encodeWithSelector(question));
        return done && answer.length == 32 && abi.decode(answer, (uint256)) == expected;
    }

    /* THE TABLE */

    function _setSignatures(Kind kind, uint8 signatures, bytes32 orderId) internal {
        require(kind != Kind.None, UnknownKind(kind));
        bool fits = signatures == 2 || (signatures == 1 && !OrderTypes.needsTwo(kind));
        require(fits, BadSignatures(kind, signatures));

        _signatures[kind] = signatures;
        emit SignaturesSet(kind, signatures, orderId);
    }
}
