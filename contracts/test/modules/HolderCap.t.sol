// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Compliance} from "../../src/Compliance.sol";
import {HolderCap} from "../../src/modules/HolderCap.sol";
import {Codes} from "../../src/interfaces/IVerdict.sol";
import {ModuleTest} from "./ModuleTest.sol";

/// @dev Two may hold: Alice with two accounts is one of them.
contract HolderCapTest is ModuleTest {
    HolderCap internal module;

    function setUp() public override {
        super.setUp();
        module = new HolderCap(roles, 2);
        issueUnder(address(module));
        module.bindInstrument(address(bond));
        mint(bond, alice, 100);
        mint(bond, alice2, 50);
    }

    function test_BindsOneInstrumentBeforeItsFirstUnit() public {
        bindsOnceBeforeTheFirstUnit(new HolderCap(roles, 2));
        onlyTheBoundInstrumentsComplianceCounts(module);
    }

    function test_OnlyOrdersSetsTheCap() public {
        notOrders(address(module), abi.encodeCall(module.setCap, (1, "id")));
        vm.expectEmit(address(module));
        emit HolderCap.CapSet(2, 5, "id");
        cap(5);
        vm.assertEq(module.cap(), 5);
    }

    function test_CountsIdentitiesNotAccounts() public {
        vm.assertEq(module.holders(), 1);
        vm.assertEq(module.holdingOf(aliceId), 150);
        send(bond, alice, alice2, 100);
        vm.assertEq(module.holders(), 1);
        vm.expectEmit(address(module));
        emit HolderCap.HolderJoined(bobId, 2);
        send(bond, alice2, bob, 10);
        refused(alice2, carol, 1, Codes.HOLDER_CAP, 0, word(carolId));
        refused(address(0), carol, 1, Codes.HOLDER_CAP, 0, word(carolId));
        mint(bond, bob, 1); // who holds already may hold more
        send(bond, bob, alice, 1);
    }

    function test_WhoLeavesMakesRoomForWhoJoins() public {
        send(bond, alice, bob, 10);
        refused(bob, carol, 9, Codes.HOLDER_CAP, 0, word(carolId));
        allowed(bob, carol, 10, 10);
        vm.expectEmit(address(module));
        emit HolderCap.HolderJoined(carolId, 3);
        vm.expectEmit(address(module));
        emit HolderCap.HolderLeft(bobId, 2);
        send(bond, bob, carol, 10);
        // One empty account of two does not empty the identity.
        refused(alice, bob, 90, Codes.HOLDER_CAP, 0, word(bobId));
        vm.assertEq(module.holders(), 2);
    }

    function test_ABurnOfAllLeaves() public {
        send(bond, alice, bob, 10);
        burn(bob, 10);
        vm.assertEq(module.holders(), 1);
        mint(bond, carol, 1);
    }

    function test_NothingJoinsNobody() public {
        cap(0);
        send(bond, alice, bob, 0);
        mint(bond, bob, 0);
        vm.assertEq(module.holders(), 1);
        vm.assertEq(module.holdingOf(bobId), 0);
    }

    function test_ALoweredCapTakesNothingAway() public {
        send(bond, alice, bob, 10);
        cap(0);
        send(bond, alice, bob, 10);
        send(bond, bob, carol, 20); // no more holders than before
        vm.assertEq(module.holders(), 2);
        send(bond, carol, alice, 20);
        refused(alice, bob, 1, Codes.HOLDER_CAP, 0, word(bobId));
    }

    function test_WhatAnOfficerMovesIsCountedAndNotRefused() public {
        cap(1);
        force(alice, bob, 1);
        vm.assertEq(module.holders(), 2);
        vm.assertEq(module.holdingOf(bobId), 1);
        vm.prank(address(orders));
        bond.recoveryAddress(alice, alice2, aliceId);
        vm.assertEq(module.holders(), 2);
        vm.assertEq(module.holdingOf(aliceId), 149);
    }

    /// @dev Any history: the number of holders is counted anew from balances, and only an officer passes the cap.
    function testFuzz_HoldersAreWhoHolds(uint8[24] calldata acts, uint8[24] calldata amounts, uint8 cap_) public {
        cap(cap_ % 4);
        address[4] memory accounts = [alice, alice2, bob, carol];
        for (uint256 i; i < 24; ++i) {
            uint256 before = module.holders();
            (address from, address to) = (accounts[acts[i] % 4], accounts[acts[i] / 4 % 4]);
            uint256 balance = bond.balanceOf(from);
            uint256 amount = amounts[i] % 3 == 0 ? balance : amounts[i];
            if (acts[i] / 16 % 4 == 0) {
                vm.prank(issuer);
                (bool done,) = address(bond).call(abi.encodeCall(bond.mint, (to, amount % 50)));
                if (!done) vm.assertTrue(before >= module.cap());
            } else {
                bool fits = bond.verdict(from, to, amount).code == Codes.ALLOWED;
                vm.prank(from);
                (bool done,) = address(bond).call(abi.encodeCall(bond.transfer, (to, amount)));
                vm.assertTrue(done == fits);
            }
            uint256 holders = bond.balanceOf(alice) + bond.balanceOf(alice2) > 0 ? 1 : 0;
            if (bond.balanceOf(bob) > 0) ++holders;
            if (bond.balanceOf(carol) > 0) ++holders;
            vm.assertEq(module.holders(), holders);
            vm.assertTrue(holders <= before || holders <= module.cap());
        }
        vm.assertEq(module.holdingOf(aliceId), bond.balanceOf(alice) + bond.balanceOf(alice2));
    }

    /// @dev The books are wrong then, and nobody is kept from leaving by it.
    function test_UncountedHoldersStillLeave() public {
        Compliance bare = new Compliance(roles, new address[](0));
        bare.bindToken(address(bond));
        address ruled = bond.compliance();
        vm.prank(address(orders));
        bond.setCompliance(address(bare));
        mint(bond, bob, 30);
        vm.prank(address(orders));
        bond.setCompliance(ruled);
        uint256 holders = module.holders();
        cap(10);
        send(bond, bob, carol, 10);
        vm.prank(address(orders));
        bond.forcedTransfer(bob, carol, 20);
        vm.assertEq(module.holdingOf(bobId), 0);
        vm.assertEq(module.holdingOf(carolId), 30);
        vm.assertEq(module.holders(), holders + 1);
    }

    function cap(uint256 cap_) internal {
        vm.prank(address(orders));
        module.setCap(cap_, "id");
    }
}
