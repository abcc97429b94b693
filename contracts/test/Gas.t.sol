// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ILimitPolicy} from "../src/interfaces/ILimitPolicy.sol";
import {Ledger} from "./Ledger.sol";

/// @dev Each call below is a transaction of its own: cold accounts and slots, as on a chain.
/// forge-config: default.isolate = true
contract GasTest is Ledger {
    function test_ATransferCostsBoundedGas() public {
        mint(euro, alice, 2000);
        mint(pound, bob, 100);
        uint256 first = cost(1);
        uint256 second = cost(1);
        vm.warp(block.timestamp + 24 hours);
        uint256 nextDay = cost(1);
        vm.warp(block.timestamp + 30 days);
        uint256 nextMonth = cost(1);
        vm.assertLe(second, 1, "");
        vm.assertLe(first, 1, "first");
        vm.assertLe(nextDay, 1, "");
        vm.assertLe(nextMonth, 1, "");
    }

    function cost(uint256 amount) internal returns (uint256) {
        send(euro, alice, bob, amount);
        return vm.lastCallGas().gasTotalUsed;
    }
}
