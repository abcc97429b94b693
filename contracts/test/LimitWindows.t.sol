// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {ILimitPolicy} from "../src/interfaces/ILimitPolicy.sol";
import {Codes, Verdict} from "../src/interfaces/IVerdict.sol";
import {LimitGround} from "./LimitGround.sol";

/// @dev What limits let pass, and what counts in them.
contract LimitWindowsTest is LimitGround {
    /* rolling windows */

    function test_ALimitIsInclusive() public {
        send(euro, alice, bob, 1000);
        refused(euro, alice, bob, 501, Codes.DAY_LIMIT, 500, word(1));
        send(euro, alice, bob, 500);
        refused(euro, alice, bob, 1, Codes.DAY_LIMIT, 0, word(1));
    }

    /// @dev The flaw of fixed windows: all of yesterday's just before midnight, all of today's just after.
    function test_NotTwiceAroundABoundary() public {
        vm.warp((START / 1 days + 1) * 1 days - 1);
        exhaust(1500);
        for (uint256 i; i <= 24; ++i) {
            refused(euro, alice, bob, 1, Codes.DAY_LIMIT, 0, word(1));
            vm.warp(block.timestamp + 1 hours);
        }
        send(euro, alice, bob, 1000);
    }

    function test_TheMonthIsFreeAgainAfterThirtyDays() public {
        set(TIER, word(1), DAY, NO_LIMIT);
        vm.warp((START / 1 days + 1) * 1 days - 1);
        exhaust(4000);
        vm.warp(block.timestamp + 30 days);
        refused(euro, alice, bob, 1, Codes.MONTH_LIMIT, 0, word(1));
        vm.warp(block.timestamp + 1);
        send(euro, alice, bob, 1000);
    }

    function test_CountsTheIdentityAcrossAccountsAndInstruments() public {
        send(pound, alice, bob, 500); // 600 in reference units
        send(euro, alice2, bob, 600);
        vm.assertEq(policy.usedOf(IDENTITY, word(aliceId), DAY), 1200);
        refused(pound, alice, bob, 251, Codes.DAY_LIMIT, 250, word(1));
        refused(euro, alice2, bob, 301, Codes.DAY_LIMIT, 300, word(1));
    }

    function test_CountsRoundedUp() public {
        vm.expectEmit(address(policy));
        emit ILimitPolicy.FlowCounted(aliceId, 1, address(pound), 2);
        send(pound, alice, bob, 1);
        vm.assertEq(policy.usedOf(FIRM, word(1), MONTH), 2);
        vm.assertEq(policy.valueOf(address(pound), 1), 2);
    }

    function test_AMoveWithinTheIdentityCountsNothingAndKnowsNoLimit() public {
        send(euro, alice, alice2, 20_000);
        vm.assertEq(policy.usedOf(IDENTITY, word(aliceId), DAY), 0);
        vm.assertEq(policy.usedOf(FIRM, word(1), DAY), 0);
        vm.assertEq(policy.usedOf(IDENTITY, word(aliceId), BALANCE), 49_000);
    }

    function test_MintBurnAndZeroCountNoFlow() public {
        mint(euro, alice, 10);
        vm.prank(issuer);
        euro.burn(alice, 10);
        send(euro, alice, bob, 0);
        vm.assertEq(policy.usedOf(IDENTITY, word(aliceId), MONTH), 0);
        vm.assertEq(policy.usedOf(IDENTITY, word(bobId), MONTH), 0);
    }

    function test_ALimitBelowWhatIsUsedLeavesNoRoom() public {
        send(euro, alice, bob, 1000);
        set(TIER, word(1), DAY, 400);
        refused(euro, alice, bob, 1, Codes.DAY_LIMIT, 0, word(1));
        send(euro, alice, bob, 0);
        set(TIER, word(1), DAY, 1001);
        send(euro, alice, bob, 1);
    }

    function test_ARefusalConsumesNothing() public {
        vm.prank(alice);
        (bool done,) = address(euro).call(abi.encodeCall(euro.transfer, (bob, 1001)));
        vm.assertFalse(done);
        vm.assertEq(policy.usedOf(IDENTITY, word(aliceId), DAY), 0);
    }

    /* scopes */

    function test_AnIdentitysOwnLimitOverridesItsTiers() public {
        set(IDENTITY, word(aliceId), TRANSFER, 1200);
        send(euro, alice, bob, 1200);
        set(IDENTITY, word(aliceId), DAY, 1300);
        refused(euro, alice, bob, 101, Codes.DAY_LIMIT, 100, word(aliceId));
        set(IDENTITY, word(aliceId), DAY, NO_LIMIT);
        refused(euro, alice, bob, 1201, Codes.TRANSFER_LIMIT, 1200, word(aliceId));
        refused(euro, bob, carol, 1001, Codes.TRANSFER_LIMIT, 1000, word(1)); // others keep the tier's
    }

    function test_ATierWithoutLimitsFailsClosed() public {
        decide(aliceId, IIdentityRegistry.Status.Verified, 9, EXPIRY);
        refused(euro, alice, bob, 1, Codes.TRANSFER_LIMIT, 0, word(9));
        refused(euro, carol, alice, 1, Codes.BALANCE_LIMIT, 0, word(9));
        set(TIER, word(9), TRANSFER, NO_LIMIT);
        refused(euro, alice, bob, 1, Codes.DAY_LIMIT, 0, word(9));
        set(TIER, word(9), DAY, NO_LIMIT);
        refused(euro, alice, bob, 1, Codes.MONTH_LIMIT, 0, word(9));
        set(TIER, word(9), MONTH, NO_LIMIT);
        send(euro, alice, bob, 5000);
    }

    function test_AFirmsLimitBindsAllItsCustomersTogether() public {
        mint(euro, bob, 1000);
        set(FIRM, word(1), DAY, 800);
        send(euro, alice, carol, 500);
        refused(euro, bob, carol, 301, Codes.FIRM_DAY_LIMIT, 300, word(1));
        send(euro, carol, alice, 30_000); // the other firm is free
        set(FIRM, word(1), MONTH, 600);
        refused(euro, bob, carol, 101, Codes.FIRM_MONTH_LIMIT, 100, word(1));
        set(FIRM, word(1), TRANSFER, 50);
        refused(euro, bob, carol, 51, Codes.FIRM_TRANSFER_LIMIT, 50, word(1));
    }

    /* balance */

    function test_WhatAnIdentityHoldsIsBounded() public {
        set(IDENTITY, word(bobId), BALANCE, 1000);
        send(pound, alice, bob, 501); // worth 602, rounded up
        vm.assertEq(policy.usedOf(IDENTITY, word(bobId), BALANCE), 602);
        refused(euro, carol, bob, 399, Codes.BALANCE_LIMIT, 398, word(bobId));
        refused(pound, carol, bob, 1, Codes.BALANCE, 0, word(carol));
        Verdict memory v = pound.verdict(address(0), bob, 333);
        vm.assertEq(v.code, Codes.BALANCE_LIMIT);
        vm.assertEq(v.headroom, 332); // 833 pounds are worth exactly 1000
        mint(pound, bob, 332);
        vm.assertEq(policy.usedOf(IDENTITY, word(bobId), BALANCE), 1000);
    }

    function test_HoldingsAboveALoweredLimitStayAndMayLeave() public {
        set(IDENTITY, word(aliceId), BALANCE, 10);
        refused(euro, carol, alice, 1, Codes.BALANCE_LIMIT, 0, word(aliceId));
        send(euro, alice, alice2, 100);
        send(euro, alice, bob, 1000);
    }

    function test_ARateChangeRevaluesHoldings() public {
        rate(address(euro), 3, 1);
        vm.assertEq(policy.usedOf(IDENTITY, word(aliceId), BALANCE), 99_000);
        refused(euro, carol, alice, 334, Codes.BALANCE_LIMIT, 333, word(1));
    }

    /* HELPERS */

    function exhaust(uint256 total) internal {
        for (; total > 0; total -= total < 1000 ? total : 1000) {
            send(euro, alice, bob, total < 1000 ? total : 1000);
        }
    }
}
