// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IOrders} from "./IOrders.sol";
import {IRoles} from "./IRoles.sol";

/// @notice What orders may do to an instrument, as far as no standard names it. Orders only.
interface IOrderedInstrument {
    /// @param until Exclusive; the largest value stands until lifted. Lapses by itself.
    function freeze(address account, uint64 until) external;

    function pause(uint64 until) external;

    function unpause() external;

    function setAddressFrozen(address account, bool frozen) external;

    function setFrozenTokens(address account, uint256 amount) external returns (bool);

    function forcedTransfer(address from, address to, uint256 amount) external returns (bool);

    function recoveryAddress(address lost, address replacement, address identity) external returns (bool);

    function setCompliance(address compliance) external;

    /// @dev Of an instrument that can be upgraded; see IUpgradeable.
    function scheduleUpgrade(address implementation) external;

    /// @return When the account's freeze ends; zero, or a time that has passed, if it is not frozen.
    function frozenUntil(address account) external view returns (uint64);

    function pausedUntil() external view returns (uint64);
}

/// @notice What orders may do to the modules, each its own function. Orders only.
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
