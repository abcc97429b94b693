// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IOrders} from "./IOrders.sol";
import {IRoles} from "./IRoles.sol";

/// @notice How an order knows a module, and what it may do to one: each module has one of the three functions.
interface IOrderedModule {
    /// @return The table that the module asks for the Orders contract it obeys.
    function ROLES() external view returns (IRoles);

    /// @return The kind of order that the module takes; it takes no other.
    function KIND() external view returns (IOrders.Kind);

    /// @dev CountryRules.
    function setCountry(uint16 country, bool listed, bytes32 orderId) external;

    /// @dev SupplyCap, HolderCap.
    function setCap(uint256 cap, bytes32 orderId) external;

    /// @dev Preapproval.
    function approve(address from, address to, uint256 amount, uint64 expiresAt, bytes32 orderId) external;
}
