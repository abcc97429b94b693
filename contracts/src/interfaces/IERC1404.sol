// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.37;

/// @notice ERC-1404, restrictions in words. Interface id 0xab84a5c8.
interface IERC1404 {
    function detectTransferRestriction(address from, address to, uint256 value) external view returns (uint8);

    function messageForTransferRestriction(uint8 restrictionCode) external view returns (string memory);
}
