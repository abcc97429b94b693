// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev The head after counting, whatever the head was: both windows grow by the value, and by no less where it would not
/// fit: then nothing is counted at all.
contract Added {
    uint256 internal constant CEILING = type(uint56).max;

    error AboveCeiling(uint256 sum, uint256 value);

    struct Head {
        uint56 inDay;
        uint56 inMonth;
        uint56 thisHour;
        uint56 thisDay;
        uint32 hour;
    }

    struct Flow {
        Head head;
    }

    Flow private flow;

    /* EXTRACTED */

    function growsByTheValue(uint56 day, uint56 month, uint256 value) external {
        require(day <= month);

        add(Head(day, month, 0, 0, 0), value);

        assert(flow.head.inDay == day + value && flow.head.inMonth == month + value);
    }
}
