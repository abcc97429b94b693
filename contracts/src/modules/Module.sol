// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IModule, Movement} from "../interfaces/IModule.sol";
import {IRoles} from "../interfaces/IRoles.sol";
import {Codes, Verdict} from "../interfaces/IVerdict.sol";

/// @notice What all rules share: only Orders sets them, and how they say yes.
abstract contract Module is IModule {
    error NotOrders(address caller);

    IRoles public immutable ROLES;

    modifier onlyOrders() {
        _onlyOrders();
        _;
    }

    constructor(IRoles roles) {
        ROLES = roles;
    }

    /* COMPLIANCE */

    /// @inheritdoc IModule
    function recordBatch(Movement[] calldata movements) external {
        for (uint256 i; i < movements.length; ++i) {
            require(record(movements[i]).code == Codes.ALLOWED, BatchRefused(i));
        }
    }

    /// @inheritdoc IModule
    function record(Movement calldata movement) public virtual returns (Verdict memory);

    /* INTERNAL */

    function _allow(uint256 headroom) internal view returns (Verdict memory v) {
        (v.module, v.headroom) = (address(this), headroom);
    }

    function _onlyOrders() internal view {
        require(msg.sender == ROLES.orders(), NotOrders(msg.sender));
    }
}
