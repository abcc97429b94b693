// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Which wallet acts for which natural person, and what that person may do.
/// Roles are bits of one word: 1 administrator, 2 officer, 4 approver, 8 registrar, 16 issuer, 32 anchor.
interface IRoles {
    event RolesSet(
        address indexed account, bytes32 indexed person, uint256 rolesBefore, uint256 roles, bytes32 orderId
    );

    event OrdersNamed(address indexed orders);

    error LastAdministrator(address account);
    error NotDeployer(address caller);
    error NotOrders(address caller);
    error OrdersTaken(address orders);
    error ZeroPerson(address account);

    /// @notice Sets all roles of a wallet at once; no roles removes it. Orders only.
    function setRoles(address account, bytes32 person, uint256 roles, bytes32 orderId) external;

    /// @notice Names the one contract whose acts the suite obeys. Once, by the deployer.
    function setOrders(address orders) external;

    /// @return The contract that carries out orders; the registry, the policy and the instruments ask here.
    function orders() external view returns (address);

    function rolesOf(address account) external view returns (uint256);

    function personOf(address account) external view returns (bytes32);

    /// @return True if the wallet holds every bit of `roles`.
    function holds(address account, uint256 roles) external view returns (bool);
}
