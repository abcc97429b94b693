// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {RollingWindow} from "../src/RollingWindow.sol";
import {Test} from "./Test.sol";

contract RollingWindowTest is Test {
    using RollingWindow for RollingWindow.Flow;

    RollingWindow.Flow private _flow;

    struct Addition {
        uint256 hour;
        uint256 value;
    }

    Addition[] private _log;

    /// @dev The rings against a log that forgets nothing, for any pauses between additions and before the look.
    function testFuzz_TheSumsAreOfTheLastHoursAndDays(uint8[24] calldata pauses, uint48[24] calldata values) public {
        uint256 hour = 490_000;
        for (uint256 i; i < 24; ++i) {
            // Within the hour, within the day, within the month, beyond.
            hour += [uint256(0), pauses[i] % 4, pauses[i] % 40, uint256(pauses[i]) * 5][pauses[i] % 4];
            agrees(hour);
            add(hour, values[i]);
            agrees(hour);
        }
        for (uint256 i; i < 33; ++i) {
            agrees(hour + i);
            agrees(hour + 24 * i);
        }
    }

    function test_WorksFromTheBeginningOfTime() public {
        add(0, 7);
        add(3, 5);
        sums(24, 12, 12);
        sums(25, 5, 12);
        add(25, 1);
        sums(27, 6, 13);
        sums(28, 1, 13);
        sums(31 * 24 - 1, 0, 13);
        sums(31 * 24, 0, 1);
        sums(32 * 24, 0, 0);
    }

    function test_AnHourThatCountsNothingLeavesNoTrace() public {
        add(5, 0);
        add(6, 3);
        add(7, 0);
        sums(30, 3, 3);
        sums(31, 0, 3);
    }

    function test_NeverPassesItsCeiling() public {
        uint256 ceiling = type(uint56).max;
        this.add(24, ceiling - 1);
        vm.expectRevert(abi.encodeWithSelector(RollingWindow.AboveCeiling.selector, ceiling - 1, 2));
        this.add(25, 2);
        vm.expectRevert(abi.encodeWithSelector(RollingWindow.AboveCeiling.selector, ceiling - 1, 2 ** 56));
        this.add(25, 2 ** 56);
        this.add(25, 1);
        sums(25, ceiling, ceiling);
        // The month still holds what the day let go.
        vm.expectRevert(abi.encodeWithSelector(RollingWindow.AboveCeiling.selector, ceiling, 1));
        this.add(49, 1);
        this.add(32 * 24, ceiling);
        sums(32 * 24, ceiling, ceiling);
    }

    function testFuzz_RemainingNeverUnderflows(uint256 limit, uint256 used) public pure {
        uint256 remaining = RollingWindow.remaining(limit, used);
        vm.assertTrue(limit > used ? remaining + used == limit : remaining == 0);
    }

    function add(uint256 hour, uint256 value) public {
        _flow.add(_flow.rolledTo(hour), value);
        _log.push(Addition(hour, value));
    }

    function agrees(uint256 hour) internal view {
        uint256 inDay;
        uint256 inMonth;
        for (uint256 i; i < _log.length; ++i) {
            if (_log[i].hour + 25 > hour) inDay += _log[i].value;
            if (_log[i].hour / 24 + 31 > hour / 24) inMonth += _log[i].value;
        }
        sums(hour, inDay, inMonth);
    }

    function sums(uint256 hour, uint256 inDay, uint256 inMonth) internal view {
        RollingWindow.Head memory head = _flow.rolledTo(hour);
        vm.assertEq(head.inDay, inDay);
        vm.assertEq(head.inMonth, inMonth);
        vm.assertEq(head.hour, hour);
        vm.assertLe(head.thisHour, head.inDay, "this hour is inside the day");
        vm.assertLe(head.thisHour, head.thisDay, "this hour is inside this day");
        vm.assertLe(head.inDay, head.inMonth, "the day is inside the month");
        vm.assertLe(head.thisDay, head.inMonth, "this day is inside the month");
    }
}
