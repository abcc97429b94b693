// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev For every balance and every frozen amount, also one above the balance.
contract Free {
    /* EXTRACTED */

    function isTheRestOrNothing(uint256 balance, uint256 frozen) external pure {
        uint256 free = _free(balance, frozen);

        assert(frozen > balance ? free == 0 : balance - frozen == free);
    }
}
