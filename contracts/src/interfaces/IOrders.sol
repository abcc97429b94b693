// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Maker and checker on chain: typed acts, each with the natural persons who proposed and approved it.
///
/// EIP-712. The primary type of an order is its kind's name with "Order" behind it:
///   <Kind>Order(address target,<Kind> action,bytes32 reason,bytes32 legalRef,address proposer,uint256 nonce,uint64 deadline)
/// and the action is one of
///   DecideKyc(address identity,uint8 status,uint8 tier,uint64 expiry,bytes32 evidence)      1, one signature
///   SetLimit(uint8 scope,bytes32 subject,uint8 window,uint256 limit)                         2, two
///   SetRate(address instrument,uint128 numerator,uint128 denominator)                        3, two
///   Freeze(address account)                                                                  4, one
///   Unfreeze(address account)                                                                5, two
///   SetRoles(address account,bytes32 person,uint256 roles)                                   6, two
///   SetSignatures(uint8 kind,uint8 signatures)                                               7, two
/// All members are of one word, so `arguments` is both abi.encode(action members) and the action's encodeData.
/// An order's id is its EIP-712 digest. Domain: name "Plimsoll Orders", version "1", chain id, this contract.
interface IOrders {
    enum Kind {
        None,
        DecideKyc,
        SetLimit,
        SetRate,
        Freeze,
        Unfreeze,
        SetRoles,
        SetSignatures
    }

    enum State {
        Open,
        Executed,
        Cancelled,
        Rejected
    }

    struct Order {
        Kind kind;
        address target;
        bytes arguments;
        bytes32 reason;
        bytes32 legalRef;
        address proposer;
        uint256 nonce;
        uint64 deadline;
    }

    event OrderExecuted(
        bytes32 indexed id,
        Kind indexed kind,
        address indexed proposer,
        address approver,
        bytes32 proposerPerson,
        bytes32 approverPerson,
        address target,
        bytes arguments,
        bytes32 reason,
        bytes32 legalRef
    );
    event OrderCancelled(bytes32 indexed id, address indexed proposer, bytes32 proposerPerson);
    event OrderRejected(
        bytes32 indexed id, address indexed proposer, address indexed approver, bytes32 approverPerson, bytes32 reason
    );
    event SignaturesSet(Kind indexed kind, uint8 signatures, bytes32 orderId);

    error OrderClosed(bytes32 id, State state);
    error OrderExpired(bytes32 id, uint64 deadline);
    error SamePerson(bytes32 id, bytes32 person);
    error NotProposer(bytes32 id, address caller);
    error MissingRole(address account, uint256 role);
    error BadSignature(bytes32 id, address proposer);
    error BadArguments(Kind kind, uint256 length);
    error UnknownKind(Kind kind);
    error UnknownTarget(Kind kind, address target);
    error BadSignatures(uint8 signatures);

    /// @notice Carries an order out. One-signature kinds: the proposer sends, `proposerSignature` is empty.
    /// Two-signature kinds: an approver, another natural person than the proposer, sends with the proposer's signature.
    function execute(Order calldata order, bytes calldata proposerSignature) external returns (bytes32 id);

    /// @notice The proposer takes an open order back.
    function cancel(Order calldata order) external returns (bytes32 id);

    /// @notice An approver, another natural person than the proposer, refuses an order that the proposer signed.
    function reject(Order calldata order, bytes calldata proposerSignature, bytes32 reason)
        external
        returns (bytes32 id);

    function idOf(Order calldata order) external view returns (bytes32);

    function stateOf(bytes32 id) external view returns (State);

    function signaturesFor(Kind kind) external view returns (uint8);
}
