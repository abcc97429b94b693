// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// Claims ERC-7943 by ERC-165 and has no balances.
contract Liar {
    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == 0x01ffc9a7 || id == 0x3edbb4c4;
    }

    function canSend(address) external pure returns (bool) {
        return true;
    }
}

/// Says yes to everything.
contract YesSayer {
    fallback(bytes calldata) external returns (bytes memory) {
        return abi.encode(uint256(1));
    }
}

/// Nothing that anybody knows.
contract Stranger {
    uint256 public answer = 42;
}
