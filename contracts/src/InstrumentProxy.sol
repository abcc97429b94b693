// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";

/// @title InstrumentProxy
/// @notice The address of an instrument, which outlives its code.
///
/// Promises:
/// - It has no functions and no administrator of its own: whoever may replace the code is said by the code (`Upgrades`).
/// - It is initialised by its own constructor: nobody can come in between.
contract InstrumentProxy is ERC1967Proxy {
    /// @param initialisation The call of `Instrument.initialize`.
    constructor(address implementation, bytes memory initialisation) ERC1967Proxy(implementation, initialisation) {}
}
