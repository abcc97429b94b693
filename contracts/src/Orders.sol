// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {ILimitPolicy} from "./interfaces/ILimitPolicy.sol";
import {IOrders} from "./interfaces/IOrders.sol";
import {IRoles} from "./interfaces/IRoles.sol";
import {Dispatch} from "./Dispatch.sol";
import {OrderTypes} from "./OrderTypes.sol";
import {Role} from "./Roles.sol";

/// @title Orders
/// @notice Maker and checker: the only way to change standings, limits, rates, measures, roles and this table itself.
/// Who and when is here; what an order does is in Dispatch, how it is signed in OrderTypes.
///
/// Roles, all judged at execution:
/// - The proposer is an officer, the approver an approver, in their own right or by a delegation that runs.
/// - For SetRoles, SetSignatures and Delegate only in their own right; an administrator may stand in for either.
///
/// Promises:
/// - A kind of two signatures is carried out only if two natural persons signed the same target, arguments, reason and
///   legal reference: the proposer as typed data, the approver as the transaction.
/// - A kind of one signature is carried out by its proposer's own transaction, or with two like any other.
/// - Nobody stands on both sides: neither the two who sign nor those they act for.
/// - Some kinds always need two: no single person can abolish the second one, move property or change the rules.
/// - An order is executed at most once, up to and including its deadline, and never after cancel or reject.
/// - A signature is good for one chain and one deployment, and has one form only.
/// - The events name the natural persons, and whom they acted for.
///
/// Not guaranteed:
/// - That a person acts with one wallet only, or knows what was signed. `person` is assigned off chain.
/// - Any order between orders: the nonce only tells two otherwise equal orders apart.
contract Orders is Dispatch, EIP712 {
    /// @dev One side of an order. `principal` lent the role; zero where the account has it itself.
    struct Party {
        address account;
        bytes32 person;
        address principal;
        bytes32 principalPerson;
    }

    /// @inheritdoc IOrders
    mapping(bytes32 id => State) public stateOf;

    constructor(IRoles roles, IIdentityRegistry registry, ILimitPolicy policy)
        Dispatch(roles, registry, policy)
        EIP712("Plimsoll Orders", "1")
    {}

    /* APPROVER, OR PROPOSER ALONE */

    /// @inheritdoc IOrders
    function execute(Order calldata order, bytes calldata proposerSignature) external returns (bytes32 id) {
        id = _open(order);
        // Inclusive: the order may still be carried out in a block of exactly its deadline.
        require(block.timestamp <= order.deadline, OrderExpired(id, order.deadline));

        (bool may, Party memory proposer) = _party(order.proposer, Role.OFFICER, order.kind);
        require(may, MissingRole(order.proposer, Role.OFFICER));
        bool alone = _signatures[order.kind] == 1 && msg.sender == order.proposer;
        Party memory approver;
        if (!alone) approver = _checker(id, order, proposer, proposerSignature);

        stateOf[id] = State.Executed;
        _emitExecuted(id, order, proposer, approver);
        _dispatch(id, order, alone);
    }

    /// @inheritdoc IOrders
    /// @dev The proposer needs no role any more: what it signed is refused all the same.
    function reject(Order calldata order, bytes calldata proposerSignature, bytes32 reason)
        external
        returns (bytes32 id)
    {
        id = _open(order);
        (, Party memory proposer) = _party(order.proposer, Role.OFFICER, order.kind);
        Party memory approver = _checker(id, order, proposer, proposerSignature);

        stateOf[id] = State.Rejected;
        emit OrderRejected(
            id,
            proposer.account,
            approver.account,
            proposer.person,
            approver.person,
            proposer.principal,
            approver.principal,
            reason
        );
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
        (bytes32 orderType, bytes32 actionType, uint256 words) = OrderTypes.typesOf(order.kind);
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

    /* INTERNAL */

    function _open(Order calldata order) internal view returns (bytes32 id) {
        id = idOf(order);
        State state = stateOf[id];
        require(state == State.Open, OrderClosed(id, state));
    }

    /// @dev Who acts, and for whom. A role of one's own comes before a lent one.
    function _party(address account, uint256 role, Kind kind) internal view returns (bool may, Party memory party) {
        party.account = account;
        party.person = ROLES.personOf(account);
        if (OrderTypes.governs(kind)) {
            return (ROLES.holds(account, role) || ROLES.holds(account, Role.ADMINISTRATOR), party);
        }
        (may, party.principal) = ROLES.mayAct(account, role);
        if (party.principal != address(0)) party.principalPerson = ROLES.personOf(party.principal);
    }

    /// @dev The caller as checker of what the proposer signed.
    function _checker(bytes32 id, Order calldata order, Party memory proposer, bytes calldata signature)
        internal
        view
        returns (Party memory approver)
    {
        bool may;
        (may, approver) = _party(msg.sender, Role.APPROVER, order.kind);
        require(may, MissingRole(msg.sender, Role.APPROVER));
        _requireApart(id, proposer.person, approver);
        _requireApart(id, proposer.principalPerson, approver);
        _requireSigned(id, order.proposer, signature);
    }

    /// @dev Zero is nobody: a principal who is not there, or a proposer who has left.
    function _requireApart(bytes32 id, bytes32 person, Party memory approver) internal pure {
        bool both = person != 0 && (person == approver.person || person == approver.principalPerson);
        require(!both, SamePerson(id, person));
    }

    function _requireSigned(bytes32 id, address proposer, bytes calldata signature) internal view {
        if (proposer.code.length == 0) {
            (address signer, ECDSA.RecoverError problem, bytes32 value) = ECDSA.tryRecoverCalldata(id, signature);
            require(problem != ECDSA.RecoverError.InvalidSignatureLength, BadSignatureLength(id, uint256(value)));
            require(problem != ECDSA.RecoverError.InvalidSignatureS, MalleableSignature(id, value));
            require(problem == ECDSA.RecoverError.NoError && signer == proposer, BadSignature(id, proposer));
        } else {
            bool valid = SignatureChecker.isValidERC1271SignatureNowCalldata(proposer, id, signature);
            require(valid, BadSignature(id, proposer));
        }
    }

    function _emitExecuted(bytes32 id, Order calldata order, Party memory proposer, Party memory approver) internal {
        emit OrderExecuted(
            id,
            order.kind,
            proposer.account,
            approver.account,
            proposer.person,
            approver.person,
            proposer.principal,
            approver.principal,
            order.target,
            order.arguments,
            order.reason,
            order.legalRef
        );
    }
}
