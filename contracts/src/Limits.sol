// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Limits
/// @notice The four limits of one subject in one word: transfer, day, month, balance, 64 bits each from the lowest.
/// A field is zero for "not stated", its largest value for "no limit", else the limit plus one.
///
/// Promises:
/// - An empty word states nothing: `get` answers NONE, not stated.
/// - `get` gives back what `put` was given, and `put` leaves the other three fields as they were.
/// - `over` keeps each stated field of the first word and fills the rest from the second.
/// - `capped` gives the same limit, with words for the two that are none.
///
/// Assumptions:
/// - A limit is NONE or at most 2^64 - 3; a window is at most 3.
library Limits {
    uint256 internal constant NONE = type(uint256).max;
    uint256 internal constant BITS = 64;
    uint256 internal constant FIELD = type(uint64).max;

    /// @return limit NONE if there is none. @return isStated False if the word does not say.
    function get(uint256 word, uint256 window) internal pure returns (uint256 limit, bool isStated) {
        uint256 field = word >> BITS * window & FIELD;
        if (field == 0) return (NONE, false);
        return (field == FIELD ? NONE : field - 1, true);
    }

    /// @return The limit; `unstated` if the word does not say, `ceiling` if there is none.
    function capped(uint256 word, uint256 window, uint256 unstated, uint256 ceiling) internal pure returns (uint256) {
        uint256 field = word >> BITS * window & FIELD;
        if (field == 0) return unstated;
        return field == FIELD ? ceiling : field - 1;
    }

    function put(uint256 word, uint256 window, uint256 limit) internal pure returns (uint256) {
        uint256 field = limit == NONE ? FIELD : limit + 1;
        return word & ~(FIELD << BITS * window) | field << BITS * window;
    }

    function over(uint256 first, uint256 second) internal pure returns (uint256 word) {
        if (first == 0) return second;
        word = first;
        for (uint256 mask = FIELD; mask != 0; mask <<= BITS) {
            if (first & mask == 0) word |= second & mask;
        }
    }
}
