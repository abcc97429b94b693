// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Code that an instrument accepts as its next release, and no more of an instrument than that.
contract Release {
    address private immutable _ROLES;
    address private immutable _REGISTRY;

    constructor(address roles, address registry) {
        _ROLES = roles;
        _REGISTRY = registry;
    }

    function build() external view returns (uint64, address, address) {
        return (2, _ROLES, _REGISTRY);
    }

    function implementation() external pure returns (address) {
        return address(0);
    }

    function version() external pure returns (string memory) {
        return "2.0.0";
    }
}
