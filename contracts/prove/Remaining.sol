// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {RollingWindow} from "../src/RollingWindow.sol";

/// @dev The library itself is called: for every limit and every use, none excluded.
contract Remaining {
    function isTheRestOrNothing(uint256 limit, uint256 lower, uint256 used, uint256 value) external pure {
        uint256 left = RollingWindow.remaining(limit, used);

        assert(left == 0 ? used >= limit : limit - used == left);
        // What is within the rest passes no limit.
        assert(value == 0 || value > left || (used < limit && value <= limit - used));
        // And less is left of a lower one.
        assert(lower > limit || RollingWindow.remaining(lower, used) <= left);
    }
}
