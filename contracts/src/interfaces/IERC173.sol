// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.37;

/// @notice ERC-173, contract ownership; ERC-3643 asks it of a token.
interface IERC173 {
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);

    function owner() external view returns (address);

    function transferOwnership(address newOwner) external;
}
