// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Which wallet acts for which natural person, what that person may do, and who deputises for whom.
/// Roles are bits of one word: 1 administrator, 2 officer, 4 approver, 8 registrar, 16 issuer, 32 anchor.
interface IRoles {
    /// @param startsAt Inclusive. @param until Exclusive. Both UNIX seconds.
    struct Delegation {
        address principal;
        uint64 startsAt;
        uint64 until;
    }

    event RolesSet(
        address indexed account, bytes32 indexed person, uint256 rolesBefore, uint256 roles, bytes32 orderId
    );

    event DelegationSet(
        address indexed principal,
        address indexed delegate,
        bytes32 principalPerson,
        bytes32 delegatePerson,
        uint64 startsAt,
        uint64 until,
        bytes32 indexed orderId
    );

    /// @notice Ended by an order: another delegation of either wallet, or a change of their roles. Mere time says nothing.
    event DelegationEnded(address indexed principal, address indexed delegate, bytes32 indexed orderId);

    event OrdersNamed(address indexed orders);

    error LastAdministrator(address account);
    error NotDeployer(address caller);
    error NotOrders(address caller);
    error OrdersTaken(address orders);
    /// @notice The change would leave fewer than the two persons that it takes to undo it.
    error TooFewPersons(address account, uint256 persons);
    error UnknownRoles(uint256 roles);
    error ZeroAddress();
    error ZeroPerson(address account);
    /// @param person For whom alone it stands.
    error AnothersWallet(address account, bytes32 person);

    /// @notice The principal has neither the officer's nor the approver's role of its own to lend.
    error NothingToDelegate(address principal);
    error SelfDelegation(address principal, address delegate, bytes32 person);
    error BadDelegation(uint64 startsAt, uint64 until);
    error DelegationTooLong(uint64 startsAt, uint64 until, uint64 most);

    /// @notice Sets all roles of a wallet at once; no roles removes it. Orders only.
    function setRoles(address account, bytes32 person, uint256 roles, bytes32 orderId) external;

    /// @notice Lends the principal's roles of officer and approver from `startsAt` on and before `until`. Orders only.
    /// Ends any other delegation of these two wallets. `until` zero only ends.
    function setDelegation(address principal, address deputy, uint64 startsAt, uint64 until, bytes32 orderId) external;

    /// @notice Names the one contract whose acts the suite obeys. Once, by the deployer.
    function setOrders(address orders) external;

    /// @return The contract that carries out orders; the registry, the policy and the instruments ask here.
    function orders() external view returns (address);

    /// @return The wallet's own roles; what is lent to it is not among them.
    function rolesOf(address account) external view returns (uint256);

    function personOf(address account) external view returns (bytes32);

    /// @return True if the wallet itself holds every bit of `roles`.
    function holds(address account, uint256 roles) external view returns (bool);

    /// @notice Whether a wallet may act in the role of officer or approver now, in its own right or for another.
    /// @return may True if so. @return principal For whom; zero in its own right.
    function mayAct(address account, uint256 role) external view returns (bool may, address principal);

    /// @return What was last ordered for this delegate, also when it has lapsed or not begun.
    function delegationOf(address deputy) external view returns (Delegation memory);

    /// @return The wallet that the principal's roles are lent to; zero if none.
    function delegateOf(address principal) external view returns (address);

    /// @return The name of one role, for tools that show the table. Reverts with UnknownRoles on any other word.
    function labelOf(uint256 role) external pure returns (string memory);
}
