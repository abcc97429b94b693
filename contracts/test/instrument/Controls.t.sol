// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Compliance} from "../../src/Compliance.sol";
import {IERC3643} from "../../src/interfaces/IERC3643.sol";
import {IERC7943Fungible} from "../../src/interfaces/IERC7943.sol";
import {IIdentityRegistry} from "../../src/interfaces/IIdentityRegistry.sol";
import {IInstrument} from "../../src/interfaces/IInstrument.sol";
import {Codes, Verdict} from "../../src/interfaces/IVerdict.sol";
import {InstrumentGround} from "./InstrumentGround.sol";

contract ControlsTest is InstrumentGround {
    function test_OnlyOrdersControls() public {
        expectDenied(officer);
        euro.forcedTransfer(alice, bob, 1);
        expectDenied(issuer);
        euro.recoveryAddress(alice, alice2, aliceId);
        expectDenied(officer);
        euro.pause();
        expectDenied(officer);
        euro.pause(FOR_EVER);
        expectDenied(officer);
        euro.unpause();
        expectDenied(administrator);
        euro.setCompliance(address(compliance));
    }

    /* forcedTransfer */

    function test_AForcedTransferHeedsNoPauseFreezeOrStanding() public {
        freeze(alice);
        ordered();
        euro.pause();
        decide(aliceId, IIdentityRegistry.Status.Revoked, 1, EXPIRY);
        vm.expectEmit(address(euro));
        emit IERC7943Fungible.ForcedTransfer(alice, bob, 10_000);
        force(alice, bob, 10_000);
        vm.assertEq(euro.balanceOf(bob), 10_000);
    }

    function test_FrozenUnitsMoveForTheShortfallOnly() public {
        hold(alice, 4000);
        force(alice, bob, 6000);
        vm.assertEq(euro.getFrozenTokens(alice), 4000);
        vm.expectEmit(address(euro));
        emit IERC3643.TokensUnfrozen(alice, 1000);
        vm.expectEmit(address(euro));
        emit IERC7943Fungible.Frozen(alice, 3000);
        force(alice, bob, 1000);
        vm.assertEq(euro.getFrozenTokens(alice), 3000);
    }

    function test_AForcedTransferNeedsARecipientWhoMayReceive() public {
        expectRefusal(alice, stranger, 1, Codes.RECIPIENT_UNKNOWN, 0, stranger);
        force(alice, stranger, 1);
        decide(bobId, IIdentityRegistry.Status.Suspended, 1, EXPIRY);
        expectRefusal(alice, bob, 1, Codes.RECIPIENT_NOT_VERIFIED, 0, bobId);
        force(alice, bob, 1);
        freeze(carol);
        expectRefusal(alice, carol, 1, Codes.RECIPIENT_FROZEN, 0, carol);
        force(alice, carol, 1);
    }

    function test_AForcedTransferTakesWhatIsThere() public {
        expectRefusal(alice, bob, 10_001, Codes.BALANCE, 10_000, alice);
        force(alice, bob, 10_001);
        bytes memory nobody = abi.encodeWithSelector(IInstrument.ZeroAddress.selector);
        vm.expectRevert(nobody);
        force(address(0), bob, 0);
        vm.expectRevert(nobody);
        force(alice, address(0), 1);
    }

    /* recoveryAddress */

    function test_ARecoveryCarriesBalanceAndHoldAndRetiresTheAccount() public {
        hold(alice, 700);
        hold(alice2, 50);
        freeze(alice);
        uint64 until = euro.frozenUntil(alice);
        vm.expectEmit(address(euro));
        emit IERC3643.RecoverySuccess(alice, alice2, aliceId);
        recover(alice, alice2, aliceId);

        vm.assertEq(euro.balanceOf(alice), 0);
        vm.assertEq(euro.balanceOf(alice2), 10_000);
        vm.assertEq(euro.getFrozenTokens(alice), 0);
        vm.assertEq(euro.getFrozenTokens(alice2), 750);
        vm.assertEq(euro.frozenUntil(alice2), until);
        vm.assertEq(euro.replacementOf(alice), alice2);
        retired(alice, alice2);
    }

    function test_ALapsedFreezeIsNotCarried() public {
        ordered();
        euro.freeze(alice, uint64(START + 1));
        vm.warp(START + 1);
        recover(alice, alice2, aliceId);
        vm.assertFalse(euro.isFrozen(alice2));
    }

    function test_TheLongerFreezeStands() public {
        ordered();
        euro.setAddressFrozen(alice2, true);
        freeze(alice);
        recover(alice, alice2, aliceId);
        vm.assertEq(euro.frozenUntil(alice2), FOR_EVER);
    }

    function test_AnEmptyAccountIsRetiredToo() public {
        recover(alice2, alice, aliceId);
        retired(alice2, alice);
    }

    function test_ARecoveryStaysWithinTheIdentity() public {
        vm.expectRevert(abi.encodeWithSelector(IInstrument.NotOfIdentity.selector, bob, bobId, aliceId));
        recover(alice, bob, aliceId);
        vm.expectRevert(abi.encodeWithSelector(IInstrument.NotOfIdentity.selector, alice, aliceId, bobId));
        recover(alice, bob, bobId);
        vm.expectRevert(abi.encodeWithSelector(IInstrument.NotOfIdentity.selector, alice, aliceId, bobId));
        recover(alice, alice2, bobId);
        vm.expectRevert(abi.encodeWithSelector(IInstrument.ZeroAddress.selector));
        recover(stranger, registrar, address(0));
        vm.expectRevert(abi.encodeWithSelector(IInstrument.SameAccount.selector, alice));
        recover(alice, alice, aliceId);
        decide(aliceId, IIdentityRegistry.Status.Suspended, 1, EXPIRY);
        expectRefusal(alice, alice2, 10_000, Codes.RECIPIENT_NOT_VERIFIED, 0, aliceId);
        recover(alice, alice2, aliceId);
    }

    function test_ARecoveryIsOnce() public {
        recover(alice, alice2, aliceId);
        bytes memory gone = abi.encodeWithSelector(IInstrument.AccountRetired.selector, alice, alice2);
        vm.expectRevert(gone);
        recover(alice, alice2, aliceId);
        vm.expectRevert(gone);
        recover(alice2, alice, aliceId);
    }

    function test_AnAllowanceOfALostAccountIsWorthNothing() public {
        vm.prank(alice);
        euro.approve(stranger, 100);
        recover(alice, alice2, aliceId);
        expectRefusal(alice, bob, 1, Codes.SENDER_FROZEN, 0, alice);
        vm.prank(stranger);
        euro.transferFrom(alice, bob, 1);
    }

    /* pause */

    function test_PausedNothingMovesButByForceOrRecovery() public {
        vm.expectEmit(address(euro));
        emit IERC3643.Paused(address(orders));
        ordered();
        euro.pause();
        vm.assertTrue(euro.paused());
        expectRefusal(alice, bob, 0, Codes.PAUSED, 0, address(euro));
        send(euro, alice, bob, 0);
        expectRefusal(address(0), alice, 1, Codes.PAUSED, 0, address(euro));
        mint(euro, alice, 1);
        expectRefusal(alice, address(0), 1, Codes.PAUSED, 0, address(euro));
        vm.prank(issuer);
        euro.burn(alice, 1);
        vm.assertFalse(euro.canTransfer(alice, bob, 1));
        vm.assertTrue(euro.canSend(alice));
        force(alice, bob, 1);
        recover(alice, alice2, aliceId);

        vm.expectEmit(address(euro));
        emit IERC3643.Unpaused(address(orders));
        ordered();
        euro.unpause();
        send(euro, alice2, bob, 1);
    }

    function test_APauseLapsesExactlyAtItsTime() public {
        uint64 until = uint64(START + 1 days);
        vm.expectRevert(abi.encodeWithSelector(IInstrument.UntilPassed.selector, uint64(START)));
        ordered();
        euro.pause(uint64(START));
        vm.expectEmit(address(euro));
        emit IInstrument.PausedUntil(until);
        ordered();
        euro.pause(until);
        vm.assertEq(euro.pausedUntil(), until);
        vm.warp(until - 1);
        vm.assertTrue(euro.paused());
        vm.warp(until);
        vm.assertFalse(euro.paused());
        send(euro, alice, bob, 1);
    }

    /* setCompliance */

    function test_AComplianceIsReplacedByOneThatIsBound() public {
        Compliance next = new Compliance(roles, new address[](0));
        unbound(address(next));
        unbound(stranger);
        next.bindToken(address(euro));
        vm.expectEmit(address(euro));
        emit IERC3643.ComplianceAdded(address(next));
        ordered();
        euro.setCompliance(address(next));
        vm.assertEq(euro.compliance(), address(next));
        send(euro, alice, bob, 10_000); // above the limits of the one before
    }

    /* HELPERS */

    function unbound(address compliance_) internal {
        vm.expectRevert(abi.encodeWithSelector(IInstrument.ComplianceNotBound.selector, compliance_));
        ordered();
        euro.setCompliance(compliance_);
    }

    function retired(address account, address replacement) internal {
        bytes memory gone = abi.encodeWithSelector(IInstrument.AccountRetired.selector, account, replacement);
        vm.expectRevert(gone);
        ordered();
        euro.setAddressFrozen(account, false);
        vm.expectRevert(gone);
        hold(account, 1);
        vm.assertEq(euro.frozenUntil(account), FOR_EVER);
        vm.assertEq(euro.verdict(bob, account, 0).code, Codes.RECIPIENT_FROZEN);
    }
}
