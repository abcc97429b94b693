// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {SupplyCap} from "../../src/modules/SupplyCap.sol";
import {Codes} from "../../src/interfaces/IVerdict.sol";
import {ModuleTest} from "./ModuleTest.sol";

contract SupplyCapTest is ModuleTest {
    SupplyCap internal module;

    function setUp() public override {
        super.setUp();
        module = new SupplyCap(roles, 100);
        issueUnder(address(module));
        mint(bond, alice, 60);
    }

    function test_OnlyOrdersSetsTheCap() public {
        notOrders(address(module), abi.encodeCall(module.setCap, (1, "id")));
        vm.expectEmit(address(module));
        emit SupplyCap.CapSet(100, 50, "id");
        cap(50);
        vm.assertEq(module.cap(), 50);
    }

    function test_TheCapIsInclusive() public {
        refused(address(0), bob, 41, Codes.SUPPLY_CAP, 40, word(address(bond)));
        mint(bond, bob, 40);
        refused(address(0), bob, 1, Codes.SUPPLY_CAP, 0, word(address(bond)));
        burn(bob, 1);
        mint(bond, bob, 1);
    }

    function test_OnlyMintsAreAsked() public {
        cap(0);
        send(bond, alice, bob, 60);
        force(bob, alice, 60);
        burn(alice, 60);
        refused(address(0), alice, 1, Codes.SUPPLY_CAP, 0, word(address(bond)));
        mint(bond, alice, 0);
    }

    function testFuzz_TheSupplyIsNeverMintedAboveTheCap(uint256 cap_, uint256 amount) public {
        cap(cap_);
        vm.prank(issuer);
        (bool done,) = address(bond).call(abi.encodeCall(bond.mint, (bob, amount)));
        bool fits = cap_ >= 60 ? amount <= cap_ - 60 : amount == 0;
        vm.assertTrue(done == fits);
        uint256 room = bond.verdict(address(0), bob, 0).headroom;
        vm.assertEq(room, cap_ > bond.totalSupply() ? cap_ - bond.totalSupply() : 0);
    }

    function cap(uint256 cap_) internal {
        vm.prank(address(orders));
        module.setCap(cap_, "id");
    }
}
