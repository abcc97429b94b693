// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {RollingWindow} from "../src/RollingWindow.sol";

/// @dev Looking at the window later than it was counted, whatever the ring holds: what leaves is subtracted, once, and
/// nothing else. The library itself is called, with a window of LENGTH steps instead of 25 and 31.
contract Rolled {
    uint256 internal constant LENGTH = 3;

    RollingWindow.Page[9] private _ring;

    /// @param current Of the step `last`, which is in the head and not yet in the ring.
    function isTheSumOfTheWindow(uint56 sum, uint56 current, uint32 last, uint256 step) external view {
        require(last >= LENGTH && step > last);
        uint256 oneBefore = RollingWindow.read(_ring, last - 1);
        uint256 twoBefore = RollingWindow.read(_ring, last - 2);
        require(sum == uint256(current) + oneBefore + twoBefore);

        uint256 rolled = RollingWindow.rolled(_ring, LENGTH, sum, last, step);

        uint256 left = step == last + 1 ? current + oneBefore : step == last + 2 ? current : 0;
        assert(rolled == left);
    }
}
