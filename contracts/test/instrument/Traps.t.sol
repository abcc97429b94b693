// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IInstrument} from "../../src/interfaces/IInstrument.sol";
import {ILimitPolicy} from "../../src/interfaces/ILimitPolicy.sol";
import {Codes, Verdict} from "../../src/interfaces/IVerdict.sol";
import {Vm} from "../Test.sol";
import {InstrumentGround} from "./InstrumentGround.sol";

/// @dev Reverts whatever it is asked.
contract Wall {
    fallback() external payable {
        revert("nobody asked me");
    }
}

/// @dev What other tokens of this kind got wrong, each under its name.
contract TrapsTest is InstrumentGround {
    function test_Trap_SelfDirectedForcedTransferIsNoUnfreeze() public {
        hold(alice, 10_000);
        vm.expectRevert(abi.encodeWithSelector(IInstrument.SameAccount.selector, alice));
        force(alice, alice, 10_000);
        vm.assertEq(euro.getFrozenTokens(alice), 10_000);
    }

    function test_Trap_FrozenAboveTheBalanceDoesNotUnderflow() public {
        hold(alice, 15_000);
        vm.assertEq(euro.verdict(alice, bob, 0).headroom, 0);
        vm.assertTrue(euro.canTransfer(alice, bob, 0));
        expectRefusal(alice, bob, 1, Codes.FREE_BALANCE, 0, alice);
        send(euro, alice, bob, 1);
        force(alice, bob, 4000);
        vm.assertEq(euro.getFrozenTokens(alice), 11_000);
        vm.assertEq(euro.verdict(alice, bob, 0).headroom, 0);
    }

    function test_Trap_RepeatingAnAccountInABatchMovesNothingFrozen() public {
        hold(alice, 9500);
        expectRefusal(alice, bob, 300, Codes.FREE_BALANCE, 200, alice);
        vm.prank(alice);
        euro.batchTransfer(list(bob, bob), list(300, 300));
        vm.expectRevert(abi.encodeWithSelector(IInstrument.DuplicateAccount.selector, alice, 1));
        ordered();
        euro.batchForcedTransfer(list(alice, alice), list(bob, bob), list(5000, 5000));
    }

    function test_Trap_EveryPathAsksTheCompliance() public {
        vm.prank(alice);
        euro.approve(stranger, 5000);
        Verdict memory v = euro.verdict(alice, bob, 1001);
        vm.assertEq(v.code, Codes.TRANSFER_LIMIT);
        bytes memory refused = refusal(alice, bob, 1001, v);
        vm.expectRevert(refused);
        send(euro, alice, bob, 1001);
        vm.expectRevert(refused);
        vm.prank(stranger);
        euro.transferFrom(alice, bob, 1001);
        vm.expectRevert(refused);
        vm.prank(alice);
        euro.batchTransfer(list(bob, bob), list(1001, 0));
        refused = refusal(address(0), bob, 100_001, euro.verdict(address(0), bob, 100_001));
        vm.expectRevert(refused);
        mint(euro, bob, 100_001);
        vm.expectRevert(refused);
        vm.prank(issuer);
        euro.batchMint(list(bob, bob), list(100_001, 0));
    }

    /// @dev No rule refuses a burn, but each is told of it; and what an account may not send, it may not lose so either.
    function test_Trap_ABurnIsJudgedAndCounted() public {
        vm.prank(issuer);
        euro.burn(alice, 400);
        vm.assertEq(policy.usedOf(ILimitPolicy.Scope.Identity, word(aliceId), ILimitPolicy.Window.Balance), 9600);
        freeze(alice);
        expectRefusal(alice, address(0), 1, Codes.SENDER_FROZEN, 0, alice);
        vm.prank(issuer);
        euro.burn(alice, 1);
        expectRefusal(alice, address(0), 1, Codes.SENDER_FROZEN, 0, alice);
        vm.prank(issuer);
        euro.batchBurn(list(alice, alice), list(1, 0));
    }

    /// @dev Who holds or receives is never called: there is no callback to move from, and none that could refuse.
    function test_Trap_NobodyIsCalledBack() public {
        address wall = address(new Wall());
        enrol(wall, bobId, 1);
        mint(euro, wall, 100);
        send(euro, alice, wall, 100);
        force(alice, wall, 100);
        send(euro, wall, bob, 50);
        vm.prank(issuer);
        euro.burn(wall, 50);
        recover(wall, bob, bobId);
        vm.assertEq(euro.balanceOf(bob), 250);
    }

    function test_Trap_NoBatchDropsTheTailOfALongerArray() public {
        (address[] memory two, uint256[] memory one) = (list(alice, bob), new uint256[](1));
        lengths(abi.encodeCall(euro.batchTransfer, (two, one)), 2, 1);
        lengths(abi.encodeCall(euro.batchTransfer, (new address[](1), list(1, 1))), 1, 2);
        lengths(abi.encodeCall(euro.batchFreezePartialTokens, (two, one)), 2, 1);
        lengths(abi.encodeCall(euro.batchUnfreezePartialTokens, (two, one)), 2, 1);
        lengths(abi.encodeCall(euro.batchSetAddressFrozen, (two, new bool[](3))), 2, 3);
        lengths(abi.encodeCall(euro.batchForcedTransfer, (two, new address[](1), list(1, 1))), 2, 1);
        lengths(abi.encodeCall(euro.batchForcedTransfer, (two, two, one)), 2, 1);
        vm.prank(issuer);
        lengthsFrom(abi.encodeCall(euro.batchMint, (two, one)), 2, 1);
        vm.prank(issuer);
        lengthsFrom(abi.encodeCall(euro.batchBurn, (two, one)), 2, 1);
    }

    function test_Trap_AZeroTransferSucceeds() public {
        vm.prank(stranger);
        euro.transferFrom(alice, bob, 0);
        send(euro, alice, bob, 0);
        vm.prank(alice);
        euro.batchTransfer(list(bob, bob), list(0, 0));
        force(alice, bob, 0);
        vm.prank(issuer);
        euro.burn(alice, 0);
        mint(euro, alice, 0);
        vm.assertEq(euro.balanceOf(alice), 10_000);
    }

    /// @dev Decided: it counts in what the parties hold, and uses up no limit of either.
    function test_Trap_AForcedTransferConsumesNoLimit() public {
        force(alice, bob, 5000);
        ILimitPolicy.Scope scope = ILimitPolicy.Scope.Identity;
        vm.assertEq(policy.usedOf(scope, word(aliceId), ILimitPolicy.Window.Day), 0);
        vm.assertEq(policy.usedOf(scope, word(aliceId), ILimitPolicy.Window.Balance), 5000);
        vm.assertEq(policy.usedOf(scope, word(bobId), ILimitPolicy.Window.Balance), 5000);
        send(euro, alice, bob, 1000);
    }

    function test_Trap_TwoInstrumentsOnOneRegistryBothRecover() public {
        mint(pound, alice, 500);
        recover(alice, alice2, aliceId);
        send(pound, alice, bob, 1); // lost in euros only
        ordered();
        pound.recoveryAddress(alice, alice2, aliceId);
        vm.assertEq(euro.balanceOf(alice2), 10_000);
        vm.assertEq(pound.balanceOf(alice2), 499);
        vm.assertEq(pound.replacementOf(alice), alice2);
    }

    function test_Trap_AMintAsksTheComplianceAsTheReferenceDoes() public {
        Verdict memory v = euro.verdict(address(0), bob, 100_001);
        vm.assertEq(v.code, Codes.BALANCE_LIMIT);
        vm.expectRevert(refusal(address(0), bob, 100_001, v));
        mint(euro, bob, 100_001);
    }

    /// @dev As the EIP's text has it: the reference indexes the three addresses, under the same first topic.
    function test_Trap_EventsAreIndexedAsTheEIPSays() public {
        vm.recordLogs();
        recover(alice, alice2, aliceId);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        Vm.Log memory last = logs[logs.length - 1];
        vm.assertEq(last.topics[0], keccak256("RecoverySuccess(address,address,address)"));
        vm.assertEq(last.topics.length, 1);
        vm.assertEq(last.data, abi.encode(alice, alice2, aliceId));
    }

    /* HELPERS */

    function lengths(bytes memory call, uint256 left, uint256 right) internal {
        ordered();
        lengthsFrom(call, left, right);
    }

    function lengthsFrom(bytes memory call, uint256 left, uint256 right) internal {
        (bool done, bytes memory answer) = address(euro).call(call);
        vm.assertFalse(done);
        vm.assertEq(answer, abi.encodeWithSelector(IInstrument.LengthMismatch.selector, left, right));
    }
}
