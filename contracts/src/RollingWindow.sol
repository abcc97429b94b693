// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title RollingWindow
/// @notice What flowed in the last 24 hours and in the last 30 days, at the cost of one slot within the same hour.
///
/// Time is cut into hours and days. The head holds the sums of both windows as they stood at its hour, and what that hour
/// and its day counted so far; that goes to a ring only when somebody counts after the hour (the day) is over. What left
/// the window since is subtracted when somebody looks.
///
/// Promises:
/// - `rolledTo(hour).inDay` is the sum of all values added in hours (hour - HOURS, hour]; `inMonth` of all added in days
///   (day - DAYS, day], where day = hour / 24. Each closed interval of 24 hours (30 days) lies within some such range:
///   a limit on the sum holds for every interval, and is never reached twice around a boundary.
/// - What the head's hour and day counted is part of its sums: thisHour <= inDay <= inMonth and thisHour <= thisDay <= inMonth.
/// - At most 7 pages of hours and 8 of days are read; none after a pause of 31 days.
/// - `add` never lets a sum pass CEILING, it reverts instead.
///
/// Assumptions:
/// - Hours never go back, and are below 2^32.
/// - `add` is given the head that `rolledTo` answered in the same call, with nothing added between.
library RollingWindow {
    /// @dev The current step and the 24 hours, or 30 days, before it.
    uint256 internal constant HOURS = 25;
    uint256 internal constant DAYS = 31;
    /// @dev Pages of a ring: one more than a window needs whole, since a page is wiped when its first step is written.
    uint256 internal constant RING = 9;
    uint256 internal constant CEILING = type(uint56).max;

    error AboveCeiling(uint256 sum, uint256 value);

    /// @dev One slot: the sums of four steps that follow each other, and which four of all that share this place.
    struct Page {
        uint56 first;
        uint56 second;
        uint56 third;
        uint56 fourth;
        uint32 number;
    }

    /// @dev One slot.
    struct Head {
        uint56 inDay;
        uint56 inMonth;
        uint56 thisHour;
        uint56 thisDay;
        uint32 hour;
    }

    struct Flow {
        Head head;
        Page[RING] byHour;
        Page[RING] byDay;
    }

    /// @return head As it stands at `hour`.
    function rolledTo(Flow storage flow, uint256 hour) internal view returns (Head memory head) {
        head = flow.head;
        uint256 last = head.hour;
        if (hour == last) return head;

        head.inDay = rolled(flow.byHour, HOURS, head.inDay, last, hour);
        head.inMonth = rolled(flow.byDay, DAYS, head.inMonth, last / 24, hour / 24);
        head.thisHour = 0;
        if (hour / 24 != last / 24) head.thisDay = 0;
        // forge-lint: disable-next-line(unsafe-typecast)
        head.hour = uint32(hour);
    }

    /// @param head What `rolledTo` answered.
    function add(Flow storage flow, Head memory head, uint256 value) internal {
        require(value <= CEILING - head.inMonth, AboveCeiling(head.inMonth, value));

        complete(flow, head.hour);
        // None of the sums is above the month's.
        // forge-lint: disable-next-line(unsafe-typecast)
        uint56 more = uint56(value);
        flow.head = Head(head.inDay + more, head.inMonth + more, head.thisHour + more, head.thisDay + more, head.hour);
    }

    /// @dev Moves what the stored head counted to the rings, as far as it is over at `hour`.
    function complete(Flow storage flow, uint256 hour) internal {
        if (flow.head.hour == hour) return;

        Head memory head = flow.head;
        write(flow.byHour, head.hour, head.thisHour);
        if (head.hour / 24 != hour / 24) write(flow.byDay, head.hour / 24, head.thisDay);
    }

    /// @param sum Of the `length` steps that ended with `last`. @return Of those that end with `step`, nothing added since.
    function rolled(Page[RING] storage ring, uint256 length, uint56 sum, uint256 last, uint256 step)
        internal
        view
        returns (uint56)
    {
        if (step >= last + length) return 0;

        // `last` itself, which is not in the ring, leaves only in the case above.
        for (uint256 left = firstLeft(last, length); left + length <= step; ++left) {
            sum -= read(ring, left);
        }
        return sum;
    }

    function write(Page[RING] storage ring, uint32 step, uint56 sum) internal {
        uint256 place = step / 4 % RING;
        Page memory page = ring[place];
        if (page.number != step / 4) page = Page(0, 0, 0, 0, step / 4);
        if (step % 4 == 0) page.first = sum;
        else if (step % 4 == 1) page.second = sum;
        else if (step % 4 == 2) page.third = sum;
        else page.fourth = sum;
        ring[place] = page;
    }

    /// @return What was written for the step; zero if nothing was.
    function read(Page[RING] storage ring, uint256 step) internal view returns (uint56) {
        Page storage page = ring[step / 4 % RING];
        if (page.number != step / 4) return 0;
        if (step % 4 == 0) return page.first;
        if (step % 4 == 1) return page.second;
        return step % 4 == 2 ? page.third : page.fourth;
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
