// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {
    ERC20PermitUpgradeable
} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC20PermitUpgradeable.sol";
import {Role} from "../Roles.sol";
import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {IInstrument} from "../interfaces/IInstrument.sol";
import {IRoles} from "../interfaces/IRoles.sol";

/// @title InstrumentBase
/// @notice Who is obeyed, and what every part of the instrument shares.
///
/// Promises:
/// - Roles and registry are in the code, the same for every instrument that runs it; `Upgrades` refuses code of others.
/// - What belongs to one instrument is in storage of its own name (ERC-7201), so that parts can grow apart.
abstract contract InstrumentBase is IInstrument, ERC20PermitUpgradeable {
    /// @custom:storage-location erc7201:plimsoll.storage.Instrument
    struct InstrumentStorage {
        /// @dev One slot: all that a movement asks of the instrument itself.
        address compliance;
        uint64 pausedUntil;
        uint8 decimals;
        address onchainID;
    }

    // keccak256(abi.encode(uint256(keccak256("plimsoll.storage.Instrument")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant _STORAGE = 0xf5db915783a9f7bef290aaa25f8f7fb05c19a2471aee0162c15d6dbc1e7ac900;

    /// @notice The table of roles; its `orders()` is the only one that controls.
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IRoles public immutable ROLES;
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IIdentityRegistry internal immutable _REGISTRY;

    modifier onlyOrders() {
        _onlyOrders();
        _;
    }

    modifier onlyIssuer() {
        _onlyIssuer();
        _;
    }

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IRoles roles, IIdentityRegistry registry) {
        ROLES = roles;
        _REGISTRY = registry;
        // The code itself is no instrument: only a proxy in front of it is ever initialised.
        _disableInitializers();
    }

    function _onlyOrders() internal view {
        require(msg.sender == ROLES.orders(), NotOrders(msg.sender));
    }

    function _onlyIssuer() internal view {
        require(ROLES.holds(msg.sender, Role.ISSUER), NotIssuer(msg.sender));
    }

    function _instrument() internal pure returns (InstrumentStorage storage $) {
        assembly ("memory-safe") {
            $.slot := _STORAGE
        }
    }
}
