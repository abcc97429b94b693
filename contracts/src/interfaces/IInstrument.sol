// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Verdict} from "./IVerdict.sol";

/// @notice A regulated token: ERC-20 with ERC-2612, ERC-1404 and the freeze of ERC-3643.
interface IInstrument is IERC20 {
    event AddressFrozen(address indexed user, bool indexed isFrozen, address indexed owner);
    event IdentityRegistryAdded(address indexed identityRegistry);
    event ComplianceAdded(address indexed compliance);

    error NotIssuer(address caller);
    error NotOrders(address caller);
    error TransferRefused(
        address from, address to, uint256 amount, uint8 code, address module, uint256 headroom, bytes32 subject
    );

    /// @notice Issuer only. Refused as a transfer from the zero address would be.
    function mint(address to, uint256 amount) external;

    /// @notice Issuer only. Refused if the holder is frozen, not verified, expired or holds less.
    function burn(address from, uint256 amount) external;

    /// @notice Orders only.
    function setAddressFrozen(address account, bool frozen) external;

    function isFrozen(address account) external view returns (bool);

    function identityRegistry() external view returns (address);

    function compliance() external view returns (address);

    /// @notice What `transfer` would do with these arguments now.
    function verdict(address from, address to, uint256 amount) external view returns (Verdict memory);

    function detectTransferRestriction(address from, address to, uint256 amount) external view returns (uint8);

    function messageForTransferRestriction(uint8 code) external view returns (string memory);
}
