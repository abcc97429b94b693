// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IInstrument} from "../interfaces/IInstrument.sol";
import {Movement} from "../interfaces/IModule.sol";
import {IRoles} from "../interfaces/IRoles.sol";
import {Module} from "./Module.sol";

/// @notice A rule that keeps books, of one instrument for its whole life. The deployer names it once, before its first
/// unit: what was not counted from the beginning would be counted wrong for ever.
abstract contract BoundModule is Module {
    event InstrumentBound(address indexed instrument);

    error AlreadyIssued(address instrument, uint256 supply);
    error InstrumentTaken(address instrument);
    error NotCompliance(address caller);
    error NotDeployer(address caller);
    error OtherInstrument(address instrument);

    address private immutable _DEPLOYER;

    address public boundInstrument;

    constructor(IRoles roles) Module(roles) {
        _DEPLOYER = msg.sender;
    }

    function bindInstrument(address instrument) external {
        require(msg.sender == _DEPLOYER, NotDeployer(msg.sender));
        require(boundInstrument == address(0), InstrumentTaken(boundInstrument));
        uint256 supply = IInstrument(instrument).totalSupply();
        require(supply == 0, AlreadyIssued(instrument, supply));

        boundInstrument = instrument;
        emit InstrumentBound(instrument);
    }

    /// @dev A verdict for another instrument would speak from the wrong books.
    function _onlyBound(Movement calldata m) internal view {
        require(m.instrument == boundInstrument, OtherInstrument(m.instrument));
    }

    function _onlyCompliance(Movement calldata m) internal view {
        require(msg.sender == IInstrument(m.instrument).compliance(), NotCompliance(msg.sender));
    }
}
