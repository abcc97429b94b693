// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev Rolling a window of any length on, over any history: each step that leaves is read once, in order, and what was
/// counted in it is subtracted, and nothing else. What is inside the window is a queue, whose end `read` takes off.
contract Rolled {
    /// @dev What was counted in each step. Anything: see `history`.
    mapping(uint256 step => uint56) private counted;
    /// @dev The window's first step, and what was counted from there on.
    uint256 private edge;
    uint256 private inside;

    /* EXTRACTED */

    /// @dev What a ring keeps: here is what leaves the window.
    function read(uint256 step) internal returns (uint56 value) {
        assert(step == edge);
        value = counted[step];
        require(value <= inside);
        inside -= value;
        ++edge;
    }

    function isTheSumOfTheWindow(uint256 length, uint56 sum, uint32 last, uint32 step) external {
        require(length > 0 && step >= last);
        (edge, inside) = (firstLeft(last, length), sum);

        uint56 answer = rolled(length, sum, last, step);

        assert(step >= last + length ? answer == 0 : answer == inside && edge == firstLeft(step, length));
    }

    function history(uint256 step, uint56 value) external {
        counted[step] = value;
    }
}
