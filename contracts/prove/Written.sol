// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev The ring keeps its books, at full size and from any state whatever: a step that is over is written where it is
/// read, and no other step of a window of 32 that ends with it changes.
contract Written {
    uint256 internal constant RING = 9;

    struct Page {
        uint56 first;
        uint56 second;
        uint56 third;
        uint56 fourth;
        uint32 number;
    }

    Page[RING] private ring;

    /* EXTRACTED */

    function changesItsOwnStepAlone(uint32 step, uint56 sum, uint32 other) external {
        require(other < step && step - other < 32);
        uint256 before = read(other);

        write(step, sum);

        assert(read(step) == sum && read(other) == before);
    }
}
