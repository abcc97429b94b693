// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev The ring keeps its books, at full size and from any state whatever: a step that is over is written where it is
/// read; no other step of a window of 32 that ends with it changes; and where nothing was written later, nothing is read.
contract Written {
    /* EXTRACTED */

    Page[RING] private ring;

    function changesItsOwnStepAlone(uint32 step, uint56 sum, uint32 other) external {
        require(other != step && uint256(other) + 32 > step);
        uint256 before = read(other);
        require(other < step || before == 0);

        write(step, sum);

        assert(read(step) == sum && read(other) == before);
    }
}
