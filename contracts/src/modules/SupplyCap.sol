// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IInstrument} from "../interfaces/IInstrument.sol";
import {Cause, IModule, Movement} from "../interfaces/IModule.sol";
import {IOrders} from "../interfaces/IOrders.sol";
import {IRoles} from "../interfaces/IRoles.sol";
import {Codes, Verdict} from "../interfaces/IVerdict.sol";
import {RollingWindow} from "../RollingWindow.sol";
import {Module} from "./Module.sol";

/// @title SupplyCap
/// @notice How many units of an instrument may exist.
///
/// Promises:
/// - After a mint the supply is at most the cap that stood at it. Nothing else is refused.
/// - A cap below the supply leaves no room, and takes nothing away.
/// - Only Orders changes the cap.
///
/// Not guaranteed:
/// - One cap for several instruments together: each that asks is measured by its own supply.
contract SupplyCap is Module {
    /// @notice The one kind of order that this module takes.
    IOrders.Kind public constant KIND = IOrders.Kind.SetSupplyCap;

    event CapSet(uint256 capBefore, uint256 cap, bytes32 orderId);

    /// @notice In units of the instrument, inclusive.
    uint256 public cap;

    constructor(IRoles roles, uint256 cap_) Module(roles) {
        _set(cap_, 0);
    }

    /* ORDERS */

    function setCap(uint256 cap_, bytes32 orderId) external onlyOrders {
        _set(cap_, orderId);
    }

    /* COMPLIANCE */

    /// @inheritdoc IModule
    /// @dev Keeps no books: anybody may ask.
    function record(Movement calldata m) public view override returns (Verdict memory) {
        return check(m);
    }

    /* VIEWS */

    /// @inheritdoc IModule
    function check(Movement calldata m) public view returns (Verdict memory) {
        if (m.cause != Cause.Mint) return _allow(type(uint256).max);

        uint256 room = RollingWindow.remaining(cap, IInstrument(m.instrument).totalSupply());
        uint8 code = m.amount > room ? Codes.SUPPLY_CAP : Codes.ALLOWED;
        return Verdict(code, address(this), room, bytes32(uint256(uint160(m.instrument))));
    }

    /* INTERNAL */

    function _set(uint256 cap_, bytes32 orderId) internal {
        emit CapSet(cap, cap_, orderId);
        cap = cap_;
    }
}
