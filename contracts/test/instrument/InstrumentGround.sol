// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IInstrument} from "../../src/interfaces/IInstrument.sol";
import {Verdict} from "../../src/interfaces/IVerdict.sol";
import {LedgerTest} from "../Ledger.sol";

/// @dev Alice holds 10,000 euros. Controls are called as Orders calls them; what Orders asks first is tested with it.
abstract contract InstrumentGround is LedgerTest {
    uint64 internal constant FOR_EVER = type(uint64).max;

    function setUp() public virtual override {
        super.setUp();
        mint(euro, alice, 10_000);
    }

    /// @dev The next call comes from Orders.
    function ordered() internal {
        vm.prank(address(orders));
    }

    function hold(address account, uint256 amount) internal {
        ordered();
        euro.setFrozenTokens(account, amount);
    }

    function force(address from, address to, uint256 amount) internal {
        ordered();
        euro.forcedTransfer(from, to, amount);
    }

    function recover(address lost, address replacement, address identity) internal {
        ordered();
        euro.recoveryAddress(lost, replacement, identity);
    }

    function expectRefusal(address from, address to, uint256 amount, uint8 code, uint256 headroom, address subject)
        internal
    {
        Verdict memory v = Verdict(code, address(euro), headroom, word(subject));
        vm.expectRevert(refusal(from, to, amount, v));
    }

    function expectDenied(address caller) internal {
        vm.expectRevert(abi.encodeWithSelector(IInstrument.NotOrders.selector, caller));
        vm.prank(caller);
    }

    function list(address a, address b) internal pure returns (address[] memory l) {
        l = new address[](2);
        (l[0], l[1]) = (a, b);
    }

    function list(uint256 a, uint256 b) internal pure returns (uint256[] memory l) {
        l = new uint256[](2);
        (l[0], l[1]) = (a, b);
    }
}
