// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev Any interval, any moment within, and any history: what is counted then within the rest of the limit of then
/// leaves the sum of the whole interval within the limit.
contract Interval {
    /* EXTRACTED */

    function isWithinTheDaysLimit(uint64 from, uint64 time, uint256 limit, uint256 value, History memory history)
        external
        pure
    {
        require(from <= time && time - from <= 24 hours);
        isWithin(from / 1 hours, time / 1 hours, HOURS, limit, value, history);
    }

    function isWithinTheMonthsLimit(uint64 from, uint64 time, uint256 limit, uint256 value, History memory history)
        external
        pure
    {
        require(from <= time && time - from <= 30 days);
        isWithin(from / 1 hours / 24, time / 1 hours / 24, DAYS, limit, value, history);
    }

    /// @dev What was counted before the window of the moment, before the step in which the interval begins, and ever.
    struct History {
        uint256 beforeWindow;
        uint256 beforeInterval;
        uint256 all;
    }

    function isWithin(
        uint256 first,
        uint256 step,
        uint256 length,
        uint256 limit,
        uint256 value,
        History memory history
    ) internal pure {
        // A sum of what was counted never falls.
        require(history.beforeInterval <= history.all && history.beforeWindow <= history.all);
        require(firstLeft(step, length) > first || history.beforeWindow <= history.beforeInterval);
        // What the row on the books says `rolledTo` answers.
        uint256 used = history.all - history.beforeWindow;
        require(value != 0 && value <= remaining(limit, used));

        assert(history.all - history.beforeInterval + value <= limit);
    }
}
