// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Limits} from "../src/Limits.sol";
import {bound, Test} from "./Test.sol";

contract LimitsTest is Test {
    using Limits for uint256;

    /// @dev Any word, also one that nobody wrote.
    function testFuzz_SaysWhatWasPutAndLeavesTheOthers(uint256 word, uint256 window, uint256 limit) public pure {
        window = bound(window, 0, 3);
        limit = limit % 3 == 0 ? Limits.NONE : bound(limit, 0, 2 ** 64 - 3);
        uint256 after_ = word.put(window, limit);
        for (uint256 w; w < 4; ++w) {
            (uint256 before, bool was) = word.get(w);
            (uint256 now_, bool is_) = after_.get(w);
            vm.assertTrue(w == window ? is_ : was == is_);
            vm.assertEq(now_, w == window ? limit : before);
        }
    }

    function test_AnEmptyWordStatesNothing() public pure {
        for (uint256 w; w < 4; ++w) {
            (uint256 limit, bool isStated) = uint256(0).get(w);
            vm.assertEq(limit, Limits.NONE);
            vm.assertFalse(isStated);
        }
    }

    function testFuzz_OverFillsWhatIsNotStated(uint256 first, uint256 second, uint8 empty) public pure {
        for (uint256 w; w < 4; ++w) {
            if (empty >> w & 1 == 1) first &= ~(uint256(type(uint64).max) << 64 * w);
        }
        uint256 word = first.over(second);
        for (uint256 w; w < 4; ++w) {
            (uint256 limit, bool isStated) = word.get(w);
            (uint256 own, bool isOwn) = first.get(w);
            (uint256 other, bool isOther) = second.get(w);
            vm.assertEq(limit, isOwn ? own : other);
            vm.assertTrue(isStated == (isOwn || isOther));
        }
    }
}
