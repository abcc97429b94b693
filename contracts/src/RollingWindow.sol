// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title RollingWindow
/// @notice The sum of what was counted in the last `length` steps of time, at bounded cost.
///
/// Time is cut into steps (an hour, a day), each with a bucket in a ring. The head holds the sum of the buckets that
/// were inside at step `last`; buckets that fell out since are subtracted when somebody looks.
///
/// Promises:
/// - `sumAt(now)` is the sum of all values added at steps in (now - length, now]. With `length` = n + 1, each closed
///   interval of n steps' duration lies within some such range: a limit on the sum holds for every interval, and is
///   never reached twice around a boundary.
/// - At most `length` - 1 buckets are read; none after a pause of `length` steps.
/// - `add` never lets the sum pass CEILING, it reverts instead.
///
/// Assumptions:
/// - `length` is the same for a ring's whole life and at most RING, so a bucket is reused only after it fell out.
/// - Steps never go back.
library RollingWindow {
    uint256 internal constant RING = 32;
    uint256 internal constant CEILING = type(uint96).max;

    error AboveCeiling(uint256 sum, uint256 value);

    /// @dev Half a slot. `step` says which of all the steps that share this place the sum is of.
    struct Bucket {
        uint96 sum;
        uint32 step;
    }

    /// @dev Half a slot.
    struct Head {
        uint96 sum;
        uint32 last;
    }

    function add(Head storage head, Bucket[RING] storage ring, uint256 length, uint256 step, uint256 value) internal {
        uint256 sum = sumAt(head, ring, length, step);
        require(value <= CEILING - sum, AboveCeiling(sum, value));

        Bucket storage bucket = ring[step % RING];
        uint256 before = bucket.step == step ? bucket.sum : 0;
        // A bucket inside the window is part of the sum, so neither passes 96 bits.
        // forge-lint: disable-start(unsafe-typecast)
        (bucket.sum, bucket.step) = (uint96(before + value), uint32(step));
        (head.sum, head.last) = (uint96(sum + value), uint32(step));
        // forge-lint: disable-end(unsafe-typecast)
    }

    function sumAt(Head storage head, Bucket[RING] storage ring, uint256 length, uint256 step)
        internal
        view
        returns (uint256 sum)
    {
        uint256 last = head.last;
        if (step >= last + length) return 0;

        sum = head.sum;
        for (uint256 left = firstLeft(last, length); left + length <= step; ++left) {
            Bucket storage bucket = ring[left % RING];
            if (bucket.step == left) sum -= bucket.sum;
        }
    }

    /// @return The first step that falls out of the window after `last`; zero is the beginning of time.
    function firstLeft(uint256 last, uint256 length) internal pure returns (uint256) {
        return last + 1 > length ? last + 1 - length : 0;
    }

    /// @return What may still be used; zero if the limit was lowered below what is used.
    function remaining(uint256 limit, uint256 used) internal pure returns (uint256) {
        return limit > used ? limit - used : 0;
    }
}
