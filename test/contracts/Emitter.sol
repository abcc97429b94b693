// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Says whatever it is told to say, so that tests can make any history. Every other call is refused.
contract Emitter {
    struct Entry {
        bytes32[] topics;
        bytes data;
    }

    bytes private _refusal;

    function emitAll(Entry[] calldata entries) external {
        for (uint256 i = 0; i < entries.length; i++) {
            bytes32[] memory t = entries[i].topics;
            bytes memory d = entries[i].data;
            assembly {
                let at := add(t, 0x20)
                let from := add(d, 0x20)
                let size := mload(d)
                switch mload(t)
                case 0 { log0(from, size) }
                case 1 { log1(from, size, mload(at)) }
                case 2 { log2(from, size, mload(at), mload(add(at, 0x20))) }
                case 3 { log3(from, size, mload(at), mload(add(at, 0x20)), mload(add(at, 0x40))) }
                default { log4(from, size, mload(at), mload(add(at, 0x20)), mload(add(at, 0x40)), mload(add(at, 0x60))) }
            }
        }
    }

    function refuseWith(bytes calldata refusal) external {
        _refusal = refusal;
    }

    fallback() external {
        bytes memory refusal = _refusal;
        assembly {
            revert(add(refusal, 0x20), mload(refusal))
        }
    }
}
