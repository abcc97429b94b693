// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev For every limit and every use, none excluded: also where a limit was lowered below what is used.
contract Remaining {
    /* EXTRACTED */

    function isTheRestOrNothing(uint256 limit, uint256 used) external pure {
        uint256 left = remaining(limit, used);

        assert(used > limit ? left == 0 : limit - used == left);
    }

    function isNoMoreOfALowerLimit(uint256 limit, uint256 lower, uint256 used) external pure {
        require(lower <= limit);

        assert(remaining(lower, used) <= remaining(limit, used));
    }
}
