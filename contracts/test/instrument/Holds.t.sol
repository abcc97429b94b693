// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC3643} from "../../src/interfaces/IERC3643.sol";
import {IERC7943Fungible} from "../../src/interfaces/IERC7943.sol";
import {IInstrument} from "../../src/interfaces/IInstrument.sol";
import {Codes} from "../../src/interfaces/IVerdict.sol";
import {bound} from "../Test.sol";
import {InstrumentGround} from "./InstrumentGround.sol";

contract HoldsTest is InstrumentGround {
    function test_OnlyOrdersHolds() public {
        expectDenied(issuer);
        euro.freeze(alice, FOR_EVER);
        expectDenied(issuer);
        euro.setFrozenTokens(alice, 1);
        expectDenied(officer);
        euro.freezePartialTokens(alice, 1);
        expectDenied(administrator);
        euro.unfreezePartialTokens(alice, 1);
    }

    /* freeze, setAddressFrozen */

    function test_AFreezeLapsesExactlyAtItsTime() public {
        uint64 until = uint64(START + 1 hours);
        vm.expectEmit(address(euro));
        emit IInstrument.FrozenUntil(alice, until);
        ordered();
        euro.freeze(alice, until);
        vm.assertEq(euro.frozenUntil(alice), until);
        vm.warp(until - 1);
        vm.assertTrue(euro.isFrozen(alice));
        expectRefusal(alice, bob, 1, Codes.SENDER_FROZEN, 0, alice);
        send(euro, alice, bob, 1);
        vm.warp(until);
        vm.assertFalse(euro.isFrozen(alice));
        send(euro, alice, bob, 1);
    }

    function test_AFreezeIsForTimeToCome() public {
        vm.expectRevert(abi.encodeWithSelector(IInstrument.UntilPassed.selector, uint64(START)));
        ordered();
        euro.freeze(alice, uint64(START));
    }

    function test_AFrozenAccountNeitherSendsNorReceives() public {
        ordered();
        euro.setAddressFrozen(alice, true);
        vm.assertEq(euro.frozenUntil(alice), FOR_EVER);
        expectRefusal(alice, bob, 0, Codes.SENDER_FROZEN, 0, alice);
        send(euro, alice, bob, 0);
        expectRefusal(bob, alice, 0, Codes.RECIPIENT_FROZEN, 0, alice);
        send(euro, bob, alice, 0);
        vm.assertFalse(euro.canSend(alice));
        vm.assertFalse(euro.canReceive(alice));

        vm.expectEmit(address(euro));
        emit IERC3643.AddressFrozen(alice, false, address(orders));
        ordered();
        euro.setAddressFrozen(alice, false);
        vm.assertEq(euro.frozenUntil(alice), 0);
        send(euro, alice, bob, 1);
    }

    function test_NobodyIsNotFrozen() public {
        bytes memory refused = abi.encodeWithSelector(IInstrument.ZeroAddress.selector);
        vm.expectRevert(refused);
        ordered();
        euro.setAddressFrozen(address(0), true);
        vm.expectRevert(refused);
        ordered();
        euro.setFrozenTokens(address(0), 1);
    }

    /* amounts */

    function testFuzz_FreeIsTheBalanceLessWhatIsFrozen(uint256 frozen, uint256 amount) public {
        frozen = bound(frozen, 0, 20_000);
        amount = bound(amount, 0, 1000);
        hold(alice, frozen);
        uint256 free = frozen > 10_000 ? 0 : 10_000 - frozen;
        vm.assertEq(euro.getFrozenTokens(alice), frozen);
        vm.assertTrue(euro.canTransfer(alice, bob, amount) == (amount <= free));
        if (amount > free) expectRefusal(alice, bob, amount, Codes.FREE_BALANCE, free, alice);
        send(euro, alice, bob, amount);
    }

    function test_FreezesAndUnfreezesByAmounts() public {
        vm.expectEmit(address(euro));
        emit IERC3643.TokensFrozen(alice, 4000);
        vm.expectEmit(address(euro));
        emit IERC7943Fungible.Frozen(alice, 4000);
        ordered();
        euro.freezePartialTokens(alice, 4000);
        vm.expectEmit(address(euro));
        emit IERC3643.TokensUnfrozen(alice, 1500);
        vm.expectEmit(address(euro));
        emit IERC7943Fungible.Frozen(alice, 2500);
        ordered();
        euro.unfreezePartialTokens(alice, 1500);
        vm.assertEq(euro.getFrozenTokens(alice), 2500);
    }

    function test_OnlyWhatIsFreeFreezesByAmount() public {
        hold(alice, 9000);
        vm.expectRevert(
            abi.encodeWithSelector(IERC7943Fungible.ERC7943InsufficientUnfrozenBalance.selector, alice, 1001, 1000)
        );
        ordered();
        euro.freezePartialTokens(alice, 1001);
        vm.expectRevert(abi.encodeWithSelector(IInstrument.AmountAboveFrozen.selector, alice, 9001, 9000));
        ordered();
        euro.unfreezePartialTokens(alice, 9001);
    }

    function test_WhatIsToComeFreezesBySettingTheAmount() public {
        hold(bob, 300);
        mint(euro, bob, 200);
        expectRefusal(bob, alice, 1, Codes.FREE_BALANCE, 0, bob);
        send(euro, bob, alice, 1);
        mint(euro, bob, 200);
        send(euro, bob, alice, 100);
    }

    function test_AnAmountHasACeiling() public {
        uint256 most = type(uint192).max;
        hold(alice, most);
        vm.expectRevert(abi.encodeWithSelector(IInstrument.AmountTooLarge.selector, most + 1, most));
        hold(alice, most + 1);
    }

    function test_ABurnTakesNothingFrozen() public {
        hold(alice, 9500);
        expectRefusal(alice, address(0), 501, Codes.FREE_BALANCE, 500, alice);
        vm.prank(issuer);
        euro.burn(alice, 501);
    }
}
