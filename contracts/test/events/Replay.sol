// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Vm} from "../Test.sol";

/// @dev Words of an event.
library Replay {
    function account(Vm.Log calldata log, uint256 topic) internal pure returns (address) {
        return address(uint160(uint256(log.topics[topic])));
    }

    function number(Vm.Log calldata log, uint256 topic) internal pure returns (uint256) {
        return uint256(log.topics[topic]);
    }
}
