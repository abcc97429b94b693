// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {RollingWindow} from "../src/RollingWindow.sol";
import {bound, Test} from "./Test.sol";

contract RollingWindowTest is Test {
    using RollingWindow for RollingWindow.Head;

    RollingWindow.Head private _head;
    RollingWindow.Bucket[32] private _ring;

    struct Addition {
        uint256 step;
        uint256 value;
    }

    Addition[] private _log;

    /// @dev The ring against a log that forgets nothing, for any pauses between additions and before the look.
    function testFuzz_TheSumIsOfTheLastSteps(uint256 length, uint8[24] calldata pauses, uint64[24] calldata values)
        public
    {
        length = bound(length, 1, 32);
        uint256 step = 490_000;
        for (uint256 i; i < 24; ++i) {
            step += pauses[i] % 2 == 0 ? pauses[i] % 4 : pauses[i] % 40;
            vm.assertEq(_head.sumAt(_ring, length, step), naive(length, step));
            _head.add(_ring, length, step, values[i]);
            _log.push(Addition(step, values[i]));
            vm.assertEq(_head.sumAt(_ring, length, step), naive(length, step));
        }
        for (uint256 i; i < 34; ++i) {
            vm.assertEq(_head.sumAt(_ring, length, step + i), naive(length, step + i));
        }
    }

    function test_WorksFromTheBeginningOfTime() public {
        _head.add(_ring, 25, 0, 7);
        _head.add(_ring, 25, 3, 5);
        vm.assertEq(_head.sumAt(_ring, 25, 24), 12);
        vm.assertEq(_head.sumAt(_ring, 25, 25), 5);
        _head.add(_ring, 25, 25, 1);
        vm.assertEq(_head.sumAt(_ring, 25, 27), 6);
        vm.assertEq(_head.sumAt(_ring, 25, 28), 1);
    }

    function test_NeverPassesItsCeiling() public {
        this.add(1, type(uint96).max - 1);
        vm.expectRevert(abi.encodeWithSelector(RollingWindow.AboveCeiling.selector, type(uint96).max - 1, 2));
        this.add(2, 2);
        this.add(2, 1);
        vm.assertEq(_head.sumAt(_ring, 25, 2), type(uint96).max);
        vm.assertEq(_head.sumAt(_ring, 25, 26), 1);
    }

    function testFuzz_RemainingNeverUnderflows(uint256 limit, uint256 used) public pure {
        uint256 remaining = RollingWindow.remaining(limit, used);
        vm.assertTrue(limit > used ? remaining + used == limit : remaining == 0);
    }

    function add(uint256 step, uint256 value) external {
        _head.add(_ring, 25, step, value);
    }

    function naive(uint256 length, uint256 step) internal view returns (uint256 sum) {
        for (uint256 i; i < _log.length; ++i) {
            if (_log[i].step + length > step) sum += _log[i].value;
        }
    }
}
