// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IOrders} from "../src/interfaces/IOrders.sol";
import {OrdersGround} from "./OrdersGround.sol";
import {bound} from "./Test.sol";

/// @dev Freezes and pauses: by whom, until when, and what is left of them.
contract MeasuresTest is OrdersGround {
    uint64 internal constant LIFTED = type(uint64).max;

    /* by one */

    function test_AMeasureIsInItsEvent() public {
        IOrders.Order memory order = freezeOrder(1 hours, 2 hours);
        (uint64 review, uint64 end) = (uint64(START + 1 hours), uint64(START + 2 hours));
        vm.expectEmit(address(orders));
        emit IOrders.MeasureTaken(orders.idOf(order), IOrders.Kind.Freeze, address(euro), alice, review, end);
        execute(officer, order, "");

        order = pauseOrder(1 hours, 2 hours);
        vm.expectEmit(address(orders));
        emit IOrders.MeasureTaken(orders.idOf(order), IOrders.Kind.Pause, address(euro), address(euro), review, end);
        execute(officer, order, "");
    }

    function test_AnEmergencyFreezeLapsesByItself() public {
        mint(euro, alice, 100);
        execute(officer, freezeOrder(1 days, 3 days), "");
        vm.warp(START + 3 days - 1);
        vm.assertTrue(euro.isFrozen(alice));
        vm.warp(START + 3 days);
        vm.assertFalse(euro.isFrozen(alice));
        send(euro, alice, bob, 1);
    }

    function test_AnEmergencyPauseLapsesByItself() public {
        mint(euro, alice, 100);
        execute(officer, pauseOrder(1 days, 3 days), "");
        vm.warp(START + 3 days - 1);
        vm.expectRevert();
        send(euro, alice, bob, 1);
        vm.warp(START + 3 days);
        send(euro, alice, bob, 1);
    }

    function test_OnePersonsMeasureLastsSeventyTwoHoursAtMost() public {
        IOrders.Order[2] memory tries = [freezeOrder(0, 72 hours + 1), pauseOrder(0, 72 hours + 1)];
        uint64 latest = uint64(START + 72 hours);
        for (uint256 i; i < 2; ++i) {
            bytes memory why = abi.encodeWithSelector(IOrders.EmergencyTooLong.selector, latest + 1, latest);
            refused(why, officer, tries[i], "");
        }
        execute(officer, freezeOrder(0, 72 hours), "");
        execute(officer, pauseOrder(0, 72 hours), "");
    }

    /// @dev The emergency counts from the execution: an old order gets no longer by waiting, a new one no shorter.
    function test_TheEmergencyCountsFromTheExecution() public {
        IOrders.Order memory order = freezeOrder(1 days, 80 hours);
        vm.warp(START + 8 hours);
        execute(officer, order, "");
        vm.assertEq(euro.frozenUntil(alice), START + 80 hours);
    }

    /* by two */

    function test_TwoPersonsMeasureMayStandUntilLifted() public {
        together(IOrders.Kind.Freeze, address(euro), abi.encode(alice, START + 90 days, LIFTED));
        together(IOrders.Kind.Pause, address(euro), abi.encode(euro, START + 90 days, LIFTED));
        vm.warp(START + 1000 days);
        vm.assertTrue(euro.isFrozen(alice));
        vm.assertEq(euro.pausedUntil(), LIFTED);
    }

    function test_TwoConfirmAnEmergencyBeforeItLapses() public {
        execute(officer, freezeOrder(1 days, 3 days), "");
        vm.warp(START + 2 days);
        together(IOrders.Kind.Freeze, address(euro), abi.encode(alice, START + 90 days, LIFTED));
        vm.warp(START + 30 days);
        vm.assertTrue(euro.isFrozen(alice));
    }

    /* nobody shortens by a measure what stands */

    function test_AMeasureNeverShortensOneThatStands() public {
        together(IOrders.Kind.Freeze, address(euro), abi.encode(alice, START, LIFTED));
        together(IOrders.Kind.Pause, address(euro), abi.encode(euro, START, LIFTED));
        IOrders.Order[2] memory tries = [freezeOrder(1 days, 2 days), pauseOrder(1 days, 2 days)];
        for (uint256 i; i < 2; ++i) {
            bytes memory why = abi.encodeWithSelector(IOrders.MeasureShortened.selector, START + 2 days, LIFTED);
            refused(why, officer, tries[i], "");
            refused(why, approver, tries[i], signed(OFFICER_KEY, tries[i]));
        }
        together(IOrders.Kind.Unfreeze, address(euro), abi.encode(alice));
        execute(officer, tries[0], "");
    }

    function test_OnePersonDoesNotLift() public {
        execute(officer, freezeOrder(1 days, 2 days), "");
        IOrders.Order memory order = draft(IOrders.Kind.Unfreeze, address(euro), abi.encode(alice));
        refused(officer, order, "");
        order = draft(IOrders.Kind.Unpause, address(euro), abi.encode(euro));
        refused(officer, order, "");
    }

    /* its dates */

    function test_AMeasureIsReviewedBeforeItEndsAndBothLieAhead() public {
        badMeasure(START, START);
        badMeasure(START - 1, START + 1);
        badMeasure(START + 3, START + 2);
        together(IOrders.Kind.Freeze, address(euro), abi.encode(alice, START, START + 1));
    }

    /// @dev Whatever is asked for by one person, no account is frozen by it beyond 72 hours from now.
    function testFuzz_NoEmergencyOutlastsSeventyTwoHours(uint64 review, uint64 end, uint64 wait) public {
        IOrders.Order memory order = draft(IOrders.Kind.Freeze, address(euro), abi.encode(alice, review, end));
        vm.warp(START + bound(wait, 0, 1 days));
        vm.prank(officer);
        try orders.execute(order, "") {} catch {}
        vm.assertLe(euro.frozenUntil(alice), block.timestamp + 72 hours, "outlasts");
    }

    /* HELPERS */

    function pauseOrder(uint256 reviewIn, uint256 endsIn) internal returns (IOrders.Order memory) {
        bytes memory arguments = abi.encode(euro, block.timestamp + reviewIn, block.timestamp + endsIn);
        return draft(IOrders.Kind.Pause, address(euro), arguments);
    }

    function badMeasure(uint256 review, uint256 end) internal {
        IOrders.Order memory order = draft(IOrders.Kind.Freeze, address(euro), abi.encode(alice, review, end));
        bytes memory why = abi.encodeWithSelector(IOrders.BadMeasure.selector, review, end);
        refused(why, approver, order, signed(OFFICER_KEY, order));
    }
}
