// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice A cheap ERC-20 that moves many amounts at once, for benchmarks.
contract BatchToken {
    event Transfer(address indexed from, address indexed to, uint256 value);

    mapping(address => uint256) public balanceOf;
    uint256 public totalSupply;

    constructor(uint256 supply) {
        totalSupply = supply;
        balanceOf[msg.sender] = supply;
        emit Transfer(address(0), msg.sender, supply);
    }

    function transfer(address to, uint256 value) public returns (bool) {
        balanceOf[msg.sender] -= value;
        balanceOf[to] += value;
        emit Transfer(msg.sender, to, value);
        return true;
    }

    /// @notice `count` transfers to accounts numbered from `first` up to `first + span`, again and again.
    function spread(uint160 first, uint160 span, uint256 count) external {
        for (uint256 i = 0; i < count; i++) transfer(address(first + uint160((i * 7919 + block.number) % span)), i + 1);
    }
}
