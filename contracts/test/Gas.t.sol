// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {LedgerTest} from "./Ledger.sol";

/// @dev Each call below is a transaction of its own: accounts and slots are cold, as on a chain.
/// forge-config: default.isolate = true
contract GasTest is LedgerTest {
    function test_ATransferCostsBoundedGas() public {
        mint(euro, alice, 2000);
        mint(pound, bob, 100);
        cost(230_000, "first ever");
        cost(150_000, "again within the hour");
        vm.warp(START / 1 days * 1 days + 2 days);
        cost(280_000, "in new pages");
        // The longest walks: all hours but one have left since, then all days but one.
        vm.warp(block.timestamp + 24 hours);
        cost(320_000, "a day later");
        vm.warp(block.timestamp + 30 days);
        cost(360_000, "a month later");
    }

    function cost(uint256 most, string memory when) internal {
        send(euro, alice, bob, 1);
        vm.assertLe(vm.lastCallGas().gasTotalUsed, most, when);
    }
}
