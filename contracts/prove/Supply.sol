// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

/// @dev The inductive step of "balances sum to the supply", from any state whatever.
///
/// Let it hold before. Then what two accounts hold together is at most the supply, which is all that is assumed here.
/// A movement changes no third account, and changes what the two hold by exactly what it changes the supply by: so it
/// holds after. In the beginning all is zero.
contract Supply is IERC20Errors {
    event Transfer(address indexed from, address indexed to, uint256 value);

    struct Storage {
        mapping(address account => uint256) _balances;
        uint256 _totalSupply;
    }

    Storage private $;

    /* EXTRACTED */

    function step(address from, address to, uint256 amount, address third) external {
        require(third != from && third != to);
        // `_transfer`, `_mint` and `_burn` see to it, and so does Instrument: never from nobody to nobody.
        require(from != address(0) || to != address(0));
        uint256 supply = $._totalSupply;
        uint256 thirdBefore = $._balances[third];
        uint256 together = from == to ? $._balances[from] : $._balances[from] + $._balances[to];
        require(together <= supply);
        // Nobody's balance is what a mint comes from and a burn goes to, and is always zero.
        require($._balances[address(0)] == 0);

        _update(from, to, amount);

        uint256 after_ = from == to ? $._balances[from] : $._balances[from] + $._balances[to];
        assert(after_ + supply == together + $._totalSupply);
        assert($._balances[third] == thirdBefore);
        assert($._balances[address(0)] == 0);
    }
}
