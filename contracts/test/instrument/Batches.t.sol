// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IInstrument} from "../../src/interfaces/IInstrument.sol";
import {Codes, Verdict} from "../../src/interfaces/IVerdict.sol";
import {InstrumentGround} from "./InstrumentGround.sol";

contract BatchesTest is InstrumentGround {
    bytes internal tooLong = abi.encodeWithSelector(IInstrument.BatchTooLong.selector, 101, 100);

    function test_EachFormDoesWhatItsSingleDoes() public {
        vm.prank(issuer);
        euro.batchMint(list(alice, bob), list(100, 200));
        vm.prank(alice);
        euro.batchTransfer(list(bob, carol), list(10, 20));
        vm.assertEq(euro.balanceOf(alice), 10_070);
        vm.assertEq(euro.balanceOf(bob), 210);
        vm.assertEq(euro.balanceOf(carol), 20);
        vm.prank(issuer);
        euro.batchBurn(list(alice, bob), list(70, 10));
        ordered();
        euro.batchForcedTransfer(list(alice, bob), list(carol, alice2), list(1000, 100));
        vm.assertEq(euro.balanceOf(carol), 1020);
        vm.assertEq(euro.balanceOf(alice2), 100);
        ordered();
        euro.batchFreezePartialTokens(list(alice, carol), list(500, 120));
        ordered();
        euro.batchUnfreezePartialTokens(list(alice, carol), list(400, 20));
        vm.assertEq(euro.getFrozenTokens(alice), 100);
        vm.assertEq(euro.getFrozenTokens(carol), 100);
        ordered();
        euro.batchSetAddressFrozen(list(alice, bob), flags(true, false));
        vm.assertTrue(euro.isFrozen(alice));
        vm.assertFalse(euro.isFrozen(bob));
    }

    function test_EachFormIsForItsRole() public {
        bytes memory notIssuer = abi.encodeWithSelector(IInstrument.NotIssuer.selector, alice);
        vm.expectRevert(notIssuer);
        vm.prank(alice);
        euro.batchMint(list(alice, bob), list(1, 1));
        vm.expectRevert(notIssuer);
        vm.prank(alice);
        euro.batchBurn(list(alice, bob), list(1, 1));
        expectDenied(issuer);
        euro.batchForcedTransfer(list(alice, bob), list(bob, alice), list(1, 1));
        expectDenied(issuer);
        euro.batchSetAddressFrozen(list(alice, bob), flags(true, true));
        expectDenied(issuer);
        euro.batchFreezePartialTokens(list(alice, bob), list(1, 1));
        expectDenied(issuer);
        euro.batchUnfreezePartialTokens(list(alice, bob), list(1, 1));
    }

    function test_ABatchIsAllOrNothing() public {
        Verdict memory v = Verdict(Codes.RECIPIENT_UNKNOWN, address(euro), 0, word(stranger));
        vm.expectRevert(refusal(alice, stranger, 1, v));
        vm.prank(alice);
        euro.batchTransfer(list(bob, stranger), list(1, 1));
        vm.assertEq(euro.balanceOf(bob), 0);
    }

    /// @dev Each entry is judged after the ones before it: the second takes what the first left of the limit.
    function test_ARepeatedRecipientCountsEachTime() public {
        vm.prank(alice);
        euro.batchTransfer(list(bob, bob), list(1000, 500));
        Verdict memory v = euro.verdict(alice, bob, 1);
        vm.assertEq(v.code, Codes.DAY_LIMIT);
        vm.expectRevert(refusal(alice, bob, 1, v));
        vm.prank(alice);
        euro.batchTransfer(list(bob, bob), list(0, 1));
    }

    function test_ControlsNameAnAccountOnce() public {
        bytes memory twice = abi.encodeWithSelector(IInstrument.DuplicateAccount.selector, alice, 1);
        vm.expectRevert(twice);
        ordered();
        euro.batchSetAddressFrozen(list(alice, alice), flags(true, false));
        vm.expectRevert(twice);
        ordered();
        euro.batchFreezePartialTokens(list(alice, alice), list(1, 1));
        vm.expectRevert(twice);
        ordered();
        euro.batchUnfreezePartialTokens(list(alice, alice), list(1, 1));
    }

    function test_ABatchHasABound() public {
        address[] memory accounts = new address[](101);
        uint256[] memory amounts = new uint256[](101);
        vm.expectRevert(tooLong);
        vm.prank(alice);
        euro.batchTransfer(accounts, amounts);
        vm.expectRevert(tooLong);
        vm.prank(issuer);
        euro.batchMint(accounts, amounts);
        vm.expectRevert(tooLong);
        ordered();
        euro.batchFreezePartialTokens(accounts, amounts);
    }

    function flags(bool a, bool b) internal pure returns (bool[] memory l) {
        l = new bool[](2);
        (l[0], l[1]) = (a, b);
    }
}
