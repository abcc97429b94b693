// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Compliance} from "../src/Compliance.sol";
import {Instrument} from "../src/Instrument.sol";
import {InstrumentProxy} from "../src/InstrumentProxy.sol";
import {ILimitPolicy} from "../src/interfaces/ILimitPolicy.sol";
import {CountryRules} from "../src/modules/CountryRules.sol";
import {LedgerTest} from "./Ledger.sol";

/// @dev Each call below is a transaction of its own: accounts and slots are cold, as on a chain. The bond asks for
/// identity, freeze, country, maximum balance, and limits per transfer, 24 hours and 30 days of identity and firm.
/// What is measured is kept in contracts/gas, to the unit; the bounds here are promises. docs/gas.md has both in words.
/// forge-config: default.isolate = true
contract GasTest is LedgerTest {
    uint256 internal constant MOST_OF_ALL = 15_000_000;

    Instrument internal bond;
    address[] internal crowd;

    function setUp() public override {
        super.setUp();
        uint16[] memory listed = new uint16[](1);
        listed[0] = 250;
        address[] memory modules = new address[](2);
        modules[0] = address(new CountryRules(roles, CountryRules.Mode.Allow, listed));
        modules[1] = address(policy);
        Compliance rules = new Compliance(roles, modules);
        bytes memory first = abi.encodeCall(Instrument.initialize, ("Bond", "BND", 2, address(rules), address(0)));
        bond = Instrument(address(new InstrumentProxy(address(code), first)));
        rules.bindToken(address(bond));
        vm.prank(address(orders));
        policy.setRate(address(bond), 1, 1, 0);
        for (uint256 w; w < 3; ++w) {
            vm.prank(address(orders));
            policy.setLimit(ILimitPolicy.Scope.Firm, word(1), ILimitPolicy.Window(w), 1_000_000, 0);
        }
        mint(bond, alice, 2000);
        vm.warp((START / 1 days + 2) * 1 days);
    }

    function test_ATransferCostsBoundedGas() public {
        cost(bob, 400_000, "first ever");
        cost(bob, 400_000, "again within the hour");
        vm.warp(block.timestamp + 1 hours);
        cost(bob, 400_000, "in a new hour");
        vm.warp(block.timestamp + 1 hours);
        cost(bob, 400_000, "in a new hour, its page used");
        mint(pound, bob, 100);
        cost(bob, 400_000, "recipient holds another instrument too");
        // The longest walks: all hours but one have left since, then all days but one.
        vm.warp(block.timestamp + 24 hours);
        cost(bob, 400_000, "a day later");
        vm.warp(block.timestamp + 30 days);
        cost(bob, 400_000, "a month later");
    }

    function test_ABatchCostsBoundedGas() public {
        batch(10, 1_500_000, "of 10");
        batch(50, 6_000_000, "of 50");
        batch(100, 12_000_000, "of 100");
    }

    function cost(address to, uint256 most, string memory when) internal {
        send(bond, alice, to, 1);
        vm.snapshotGasLastCall("transfer", when);
        vm.assertLe(vm.lastCallGas().gasTotalUsed, most, when);
    }

    /// @dev To distinct holders who hold some already.
    function batch(uint256 size, uint256 most, string memory which) internal {
        for (uint160 i = uint160(crowd.length); i < size; ++i) {
            crowd.push(address(0xc0000000 + i));
            enrol(crowd[i], address(0x1c0000000 + i), 2);
            verify(address(0x1c0000000 + i), 1);
            mint(bond, crowd[i], 1);
        }
        uint256[] memory amounts = new uint256[](size);
        for (uint256 i; i < size; ++i) {
            amounts[i] = 1;
        }
        send(bond, alice, bob, 1);
        vm.prank(alice);
        bond.batchTransfer(crowd, amounts);
        vm.snapshotGasLastCall("batch", which);
        vm.assertLe(vm.lastCallGas().gasTotalUsed, most, which);
        vm.assertLe(most, MOST_OF_ALL, "half a block");
    }
}
