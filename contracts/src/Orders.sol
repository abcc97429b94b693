// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {IInstrument} from "./interfaces/IInstrument.sol";
import {ILimitPolicy} from "./interfaces/ILimitPolicy.sol";
import {IOrders} from "./interfaces/IOrders.sol";
import {IRoles} from "./interfaces/IRoles.sol";
import {Role} from "./Roles.sol";

/// @title Orders
/// @notice Maker and checker: the only way to change standings, limits, rates, freezes, roles and this table itself.
///
/// Roles, all judged at execution:
/// - The proposer is an officer, the approver an approver.
/// - For SetRoles and SetSignatures an administrator may stand in for either.
///
/// Promises:
/// - A kind of two signatures is carried out only if two natural persons signed the same target, arguments, reason and
///   legal reference: the proposer as typed data, the approver as the transaction.
/// - A kind of one signature is carried out only by its proposer's own transaction.
/// - SetRoles and SetSignatures always need two: no single person can abolish the second one.
/// - An order is executed at most once, up to and including its deadline, and never after cancel or reject.
/// - A signature is good for one chain and one deployment.
/// - No generic call, no delegatecall: each kind calls one function of a known contract.
///
/// Not guaranteed:
/// - That a person acts with one wallet only, or knows what was signed. `person` is assigned off chain.
/// - Any order between orders: the nonce only tells two otherwise equal orders apart.
contract Orders is IOrders, EIP712 {
    IRoles public immutable ROLES;
    IIdentityRegistry public immutable REGISTRY;
    ILimitPolicy public immutable POLICY;

    /// @inheritdoc IOrders
    mapping(bytes32 id => State) public stateOf;
    mapping(Kind => uint8) private _signatures;

    constructor(IRoles roles, IIdentityRegistry registry, ILimitPolicy policy) EIP712("Plimsoll Orders", "1") {
        ROLES = roles;
        REGISTRY = registry;
        POLICY = policy;
        _setSignatures(Kind.DecideKyc, 1, 0);
        _setSignatures(Kind.SetLimit, 2, 0);
        _setSignatures(Kind.SetRate, 2, 0);
        _setSignatures(Kind.Freeze, 1, 0);
        _setSignatures(Kind.Unfreeze, 2, 0);
        _setSignatures(Kind.SetRoles, 2, 0);
        _setSignatures(Kind.SetSignatures, 2, 0);
    }

    /* APPROVER, OR PROPOSER ALONE */

    /// @inheritdoc IOrders
    function execute(Order calldata order, bytes calldata proposerSignature) external returns (bytes32 id) {
        id = _open(order);
        // Inclusive: the order may still be carried out in a block of exactly its deadline.
        require(block.timestamp <= order.deadline, OrderExpired(id, order.deadline));
        _requireRole(order.proposer, Role.OFFICER, order.kind);

        address approver;
        bytes32 approverPerson;
        if (_signatures[order.kind] == 1) {
            require(msg.sender == order.proposer, NotProposer(id, msg.sender));
        } else {
            (approver, approverPerson) = (msg.sender, _checked(id, order, proposerSignature));
        }

        stateOf[id] = State.Executed;
        _emitExecuted(id, order, approver, approverPerson);
        _dispatch(id, order);
    }

    /// @inheritdoc IOrders
    function reject(Order calldata order, bytes calldata proposerSignature, bytes32 reason)
        external
        returns (bytes32 id)
    {
        id = _open(order);
        bytes32 person = _checked(id, order, proposerSignature);

        stateOf[id] = State.Rejected;
        emit OrderRejected(id, order.proposer, msg.sender, person, reason);
    }

    /* PROPOSER */

    /// @inheritdoc IOrders
    /// @dev Needs no role: who lost it must still be able to take a signature back.
    function cancel(Order calldata order) external returns (bytes32 id) {
        id = _open(order);
        require(msg.sender == order.proposer, NotProposer(id, msg.sender));

        stateOf[id] = State.Cancelled;
        emit OrderCancelled(id, msg.sender, ROLES.personOf(msg.sender));
    }

    /* VIEWS */

    /// @inheritdoc IOrders
    function idOf(Order calldata order) public view returns (bytes32) {
        (bytes32 orderType, bytes32 actionType, uint256 words) = _typesOf(order.kind);
        require(order.arguments.length == 32 * words, BadArguments(order.kind, order.arguments.length));
        return _hashTypedDataV4(
            keccak256(
                abi.encode(
                    orderType,
                    order.target,
                    keccak256(abi.encodePacked(actionType, order.arguments)),
                    order.reason,
                    order.legalRef,
                    order.proposer,
                    order.nonce,
                    order.deadline
                )
            )
        );
    }

    /// @inheritdoc IOrders
    function signaturesFor(Kind kind) external view returns (uint8) {
        return _signatures[kind];
    }

    /* INTERNAL: WHO */

    function _open(Order calldata order) internal view returns (bytes32 id) {
        id = idOf(order);
        State state = stateOf[id];
        require(state == State.Open, OrderClosed(id, state));
    }

    /// @dev The caller as checker of what the proposer signed. @return person Of the caller.
    function _checked(bytes32 id, Order calldata order, bytes calldata signature)
        internal
        view
        returns (bytes32 person)
    {
        _requireRole(msg.sender, Role.APPROVER, order.kind);
        person = ROLES.personOf(msg.sender);
        require(person != ROLES.personOf(order.proposer), SamePerson(id, person));
        require(
            SignatureChecker.isValidSignatureNowCalldata(order.proposer, id, signature),
            BadSignature(id, order.proposer)
        );
    }

    function _requireRole(address account, uint256 role, Kind kind) internal view {
        bool governs = kind == Kind.SetRoles || kind == Kind.SetSignatures;
        require(
            ROLES.holds(account, role) || (governs && ROLES.holds(account, Role.ADMINISTRATOR)),
            MissingRole(account, role)
        );
    }

    /* INTERNAL: WHAT */

    /// @dev The whole list of what an order can do. `abi.decode` refuses bits outside a member's type.
    function _dispatch(bytes32 id, Order calldata order) internal {
        Kind kind = order.kind;
        address target = order.target;
        bytes calldata arguments = order.arguments;

        if (kind == Kind.DecideKyc) {
            require(target == address(REGISTRY), UnknownTarget(kind, target));
            _decideKyc(id, arguments);
        } else if (kind == Kind.SetLimit) {
            require(target == address(POLICY), UnknownTarget(kind, target));
            (ILimitPolicy.Scope scope, bytes32 subject, ILimitPolicy.Window window, uint256 limit) =
                abi.decode(arguments, (ILimitPolicy.Scope, bytes32, ILimitPolicy.Window, uint256));
            POLICY.setLimit(scope, subject, window, limit, id);
        } else if (kind == Kind.SetRate) {
            require(target == address(POLICY), UnknownTarget(kind, target));
            (address instrument, uint128 numerator, uint128 denominator) =
                abi.decode(arguments, (address, uint128, uint128));
            POLICY.setRate(instrument, numerator, denominator, id);
        } else if (kind == Kind.Freeze || kind == Kind.Unfreeze) {
            // Two persons gave the instrument its rate: that is what makes it known.
            (uint128 numerator,) = POLICY.rateOf(target);
            require(numerator != 0, UnknownTarget(kind, target));
            IInstrument(target).setAddressFrozen(abi.decode(arguments, (address)), kind == Kind.Freeze);
        } else if (kind == Kind.SetRoles) {
            require(target == address(ROLES), UnknownTarget(kind, target));
            (address account, bytes32 person, uint256 roles) = abi.decode(arguments, (address, bytes32, uint256));
            ROLES.setRoles(account, person, roles, id);
        } else {
            require(target == address(this), UnknownTarget(kind, target));
            (Kind which, uint8 signatures) = abi.decode(arguments, (Kind, uint8));
            _setSignatures(which, signatures, id);
        }
    }

    function _decideKyc(bytes32 id, bytes calldata arguments) internal {
        (address identity, IIdentityRegistry.Status status, uint8 tier, uint64 expiry, bytes32 evidence) =
            abi.decode(arguments, (address, IIdentityRegistry.Status, uint8, uint64, bytes32));
        REGISTRY.decide(identity, status, tier, expiry, evidence, id);
    }

    function _emitExecuted(bytes32 id, Order calldata order, address approver, bytes32 approverPerson) internal {
        bytes32 proposerPerson = ROLES.personOf(order.proposer);
        emit OrderExecuted(
            id,
            order.kind,
            order.proposer,
            approver,
            proposerPerson,
            approverPerson,
            order.target,
            order.arguments,
            order.reason,
            order.legalRef
        );
    }

    function _setSignatures(Kind kind, uint8 signatures, bytes32 orderId) internal {
        require(kind != Kind.None, UnknownKind(kind));
        bool governs = kind == Kind.SetRoles || kind == Kind.SetSignatures;
        require(signatures == 2 || (signatures == 1 && !governs), BadSignatures(signatures));

        _signatures[kind] = signatures;
        emit SignaturesSet(kind, signatures, orderId);
    }

    /// @return orderType @return actionType @return words How many members the action has, a word each.
    function _typesOf(Kind kind) internal pure returns (bytes32 orderType, bytes32 actionType, uint256 words) {
        if (kind == Kind.DecideKyc) {
            return _types("DecideKyc", "(address identity,uint8 status,uint8 tier,uint64 expiry,bytes32 evidence)", 5);
        }
        if (kind == Kind.SetLimit) {
            return _types("SetLimit", "(uint8 scope,bytes32 subject,uint8 window,uint256 limit)", 4);
        }
        if (kind == Kind.SetRate) {
            return _types("SetRate", "(address instrument,uint128 numerator,uint128 denominator)", 3);
        }
        if (kind == Kind.Freeze) return _types("Freeze", "(address account)", 1);
        if (kind == Kind.Unfreeze) return _types("Unfreeze", "(address account)", 1);
        if (kind == Kind.SetRoles) {
            return _types("SetRoles", "(address account,bytes32 person,uint256 roles)", 3);
        }
        if (kind == Kind.SetSignatures) return _types("SetSignatures", "(uint8 kind,uint8 signatures)", 2);
        revert UnknownKind(kind);
    }

    /// @dev encodeType of the order and of its action, which is the only type it refers to.
    function _types(string memory name, string memory members, uint256 words)
        internal
        pure
        returns (bytes32, bytes32, uint256)
    {
        string memory action = string.concat(name, members);
        string memory rest = " action,bytes32 reason,bytes32 legalRef,address proposer,uint256 nonce,uint64 deadline)";
        string memory order = string.concat(name, "Order(address target,", name, rest, action);
        return (keccak256(bytes(order)), keccak256(bytes(action)), words);
    }
}
