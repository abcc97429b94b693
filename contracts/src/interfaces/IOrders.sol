// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Maker and checker on chain: typed acts, each with the natural persons who proposed and approved it.
///
/// EIP-712. The primary type of an order is its kind's name with "Order" behind it:
///   <Kind>Order(address target,<Kind> action,bytes32 reason,bytes32 legalRef,address proposer,uint256 nonce,uint64 deadline)
/// and the action is one of the following, with its target and the signatures that it needs at first. A star marks the
/// kinds that always need two, a plus the one that does where it clears: flagged is false.
///    1 DecideKyc(address identity,uint8 status,uint8 tier,uint64 expiry,bytes32 evidence)     registry    one
///    2 SetLimit(uint8 scope,bytes32 subject,uint8 window,uint256 limit)                        policy      two
///    3 SetRate(address instrument,uint128 numerator,uint128 denominator)                       policy      two
///    4 Freeze(address account,uint64 reviewBy,uint64 expiresAt)                                instrument  one
///    5 Unfreeze(address account)                                                               instrument  two
///    6 SetRoles(address account,bytes32 person,uint256 roles)                                  roles       two*
///    7 SetSignatures(uint8 kind,uint8 signatures)                                              orders      two*
///    8 Pause(address instrument,uint64 reviewBy,uint64 expiresAt)                              instrument  one
///    9 Unpause(address instrument)                                                             instrument  two*
///   10 FreezeAmount(address account,uint256 amount)                                            instrument  two
///   11 ForcedTransfer(address from,address to,uint256 amount)                                  instrument  two*
///   12 Recover(address lost,address replacement,address identity)                              instrument  two*
///   13 SetCountryRule(uint16 country,bool listed)                                              module      two
///   14 SetSupplyCap(uint256 cap)                                                               module      two
///   15 SetHolderCap(uint256 cap)                                                               module      two
///   16 Preapprove(address from,address to,uint256 amount,uint64 expiresAt)                     module      one
///   17 SetScreening(address identity,bool flagged)                                             registry    one+
///   18 SetTrustedIssuer(address issuer,uint256 topic,bool trusted)                             registry    two
///   19 SetClaimTopic(uint256 topic,bool required)                                              registry    two
///   20 Delegate(address principal,address delegate,uint64 startsAt,uint64 until)               roles       two*
///   21 SetCompliance(address compliance)                                                       instrument  two*
///   22 Upgrade(address implementation)                                                         instrument  two*
///   23 SetCountry(address identity,uint16 country)                                             registry    two
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
        SetSignatures,
        Pause,
        Unpause,
        FreezeAmount,
        ForcedTransfer,
        Recover,
        SetCountryRule,
        SetSupplyCap,
        SetHolderCap,
        Preapprove,
        SetScreening,
        SetTrustedIssuer,
        SetClaimTopic,
        Delegate,
        SetCompliance,
        Upgrade,
        SetCountry
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

    /// @param approver Zero, as are its person and `approverFor`, where the proposer acted alone.
    /// @param proposerFor The wallet whose lent role the proposer used; zero in the proposer's own right.
    event OrderExecuted(
        bytes32 indexed id,
        Kind indexed kind,
        address indexed proposer,
        address approver,
        bytes32 proposerPerson,
        bytes32 approverPerson,
        address proposerFor,
        address approverFor,
        address target,
        bytes arguments,
        bytes32 reason,
        bytes32 legalRef
    );
    event OrderCancelled(bytes32 indexed id, address indexed proposer, bytes32 proposerPerson);
    event OrderRejected(
        bytes32 indexed id,
        address indexed proposer,
        address indexed approver,
        bytes32 proposerPerson,
        bytes32 approverPerson,
        address proposerFor,
        address approverFor,
        bytes32 reason
    );
    /// @notice A freeze or a pause has begun. @param subject The account frozen, or the instrument paused.
    /// @param expiresAt Exclusive; the largest value stands until lifted.
    event MeasureTaken(
        bytes32 indexed orderId,
        Kind indexed kind,
        address indexed target,
        address subject,
        uint64 reviewBy,
        uint64 expiresAt
    );
    event SignaturesSet(Kind indexed kind, uint8 signatures, bytes32 orderId);

    error OrderClosed(bytes32 id, State state);
    error OrderExpired(bytes32 id, uint64 deadline);
    error SamePerson(bytes32 id, bytes32 person);
    error NotProposer(bytes32 id, address caller);
    error MissingRole(address account, uint256 role);
    /// @notice Not this proposer's signature of this order: of someone else, of other words, chain or contract.
    error BadSignature(bytes32 id, address proposer);
    error BadSignatureLength(bytes32 id, uint256 length);
    /// @notice The signature's twin, which anybody can compute.
    error MalleableSignature(bytes32 id, bytes32 s);
    error BadArguments(Kind kind, uint256 length);
    error UnknownKind(Kind kind);
    error UnknownTarget(Kind kind, address target);
    /// @notice The order is for one instrument and names another.
    error TargetMismatch(Kind kind, address target, address named);
    error BadSignatures(Kind kind, uint8 signatures);
    /// @notice A measure is reviewed before it ends, and both lie ahead.
    error BadMeasure(uint64 reviewBy, uint64 expiresAt);
    /// @notice One person's measure outlasts the emergency. @param latest The latest end it may have now.
    error EmergencyTooLong(uint64 expiresAt, uint64 latest);
    /// @notice One person would clear an identity of a screening hit.
    error ClearingNeedsTwo(address identity);
    /// @notice The same measure stands already and ends later. @param standing When that one ends.
    error MeasureShortened(uint64 expiresAt, uint64 standing);

    /// @notice Carries an order out: an approver, another natural person than the proposer, sends it with the proposer's
    /// signature. Of a one-signature kind the proposer may also send it alone; `proposerSignature` is then not read.
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
