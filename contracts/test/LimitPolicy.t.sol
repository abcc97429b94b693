// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Compliance} from "../src/Compliance.sol";
import {LimitPolicy} from "../src/LimitPolicy.sol";
import {ILimitPolicy} from "../src/interfaces/ILimitPolicy.sol";
import {Side} from "../src/Sides.sol";
import {Cause, IModule, Movement} from "../src/interfaces/IModule.sol";
import {Codes, Verdict} from "../src/interfaces/IVerdict.sol";
import {Instrument} from "../src/Instrument.sol";
import {LimitGround} from "./LimitGround.sol";
import {bound} from "./Test.sol";

/// @dev Who sets and who counts, and what is said. What the limits then let pass is in LimitWindows.t.sol.
contract LimitPolicyTest is LimitGround {
    /* found */

    function test_OnlyTheDeployerFoundsAndOnce() public {
        LimitPolicy fresh = new LimitPolicy(roles, registry);
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.NotDeployer.selector, stranger));
        vm.prank(stranger);
        fresh.found(new ILimitPolicy.InitialLimit[](0), new ILimitPolicy.InitialRate[](0));
        fresh.found(new ILimitPolicy.InitialLimit[](0), new ILimitPolicy.InitialRate[](0));
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.AlreadyFounded.selector));
        fresh.found(new ILimitPolicy.InitialLimit[](0), new ILimitPolicy.InitialRate[](0));
    }

    function test_FoundingSaysTheSameEvents() public {
        LimitPolicy fresh = new LimitPolicy(roles, registry);
        vm.expectEmit(address(fresh));
        emit ILimitPolicy.LimitSet(TIER, word(1), TRANSFER, NO_LIMIT, 1000, 0);
        fresh.found(foundingLimits(), new ILimitPolicy.InitialRate[](0));
        fresh = new LimitPolicy(roles, registry);
        vm.expectEmit(address(fresh));
        emit ILimitPolicy.RateSet(address(euro), 1, 1, 0);
        fresh.found(new ILimitPolicy.InitialLimit[](0), foundingRates());
    }

    /* setLimit, setRate */

    function test_OnlyOrdersSets() public {
        bytes memory denied = abi.encodeWithSelector(ILimitPolicy.NotOrders.selector, officer);
        vm.expectRevert(denied);
        vm.prank(officer);
        policy.setLimit(TIER, word(1), DAY, 1, 0);
        vm.expectRevert(denied);
        vm.prank(officer);
        policy.setRate(address(euro), 2, 1, 0);
    }

    function test_StatesAndRestatesALimit() public {
        unset(IDENTITY, word(aliceId), DAY);
        vm.expectEmit(address(policy));
        emit ILimitPolicy.LimitSet(IDENTITY, word(aliceId), DAY, NO_LIMIT, 0, "id");
        set(IDENTITY, word(aliceId), DAY, 0);
        isSet(IDENTITY, word(aliceId), DAY, 0);
        vm.expectEmit(address(policy));
        emit ILimitPolicy.LimitSet(IDENTITY, word(aliceId), DAY, 0, NO_LIMIT, "id");
        set(IDENTITY, word(aliceId), DAY, NO_LIMIT);
        isSet(IDENTITY, word(aliceId), DAY, NO_LIMIT);
        set(IDENTITY, word(aliceId), DAY, type(uint56).max);
        isSet(IDENTITY, word(aliceId), DAY, type(uint56).max);
    }

    function test_RefusesALimitThatCouldNotBeKept() public {
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.InvalidScope.selector, FIRM, BALANCE));
        set(FIRM, word(1), BALANCE, 1);
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.LimitTooLarge.selector, 2 ** 56));
        set(TIER, word(1), DAY, 2 ** 56);
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.LimitTooLarge.selector, NO_LIMIT - 1));
        set(TIER, word(1), DAY, NO_LIMIT - 1);
    }

    function test_RefusesASubjectThatNobodyIs() public {
        bytes32[3] memory beyond = [word(2 ** 160), word(2 ** 8), word(2 ** 32)];
        for (uint256 s; s < 3; ++s) {
            ILimitPolicy.Scope scope = ILimitPolicy.Scope(s);
            vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.InvalidSubject.selector, scope, beyond[s]));
            set(scope, beyond[s], DAY, 1);
            set(scope, bytes32(uint256(beyond[s]) - 1), DAY, 1);
            if (scope != TIER) vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.InvalidSubject.selector, scope, 0));
            set(scope, 0, DAY, 1);
        }
    }

    function test_ARateHasTwoPositiveParts() public {
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.InvalidRate.selector, 0, 1));
        rate(address(euro), 0, 1);
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.InvalidRate.selector, 1, 0));
        rate(address(euro), 1, 0);
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.InvalidRate.selector, 2 ** 120, 1));
        rate(address(euro), 2 ** 120, 1);
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.InvalidRate.selector, 1, 2 ** 120));
        rate(address(euro), 1, 2 ** 120);
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.InvalidRate.selector, 0, 0));
        policy.valueOf(stranger, 1);
    }

    function test_AtMostSixteenInstrumentsAreRated() public {
        address last;
        for (uint256 i = 3; i <= 16; ++i) {
            last = address(new LimitPolicy(roles, registry)); // any contract
            rate(last, 1, 1);
        }
        rate(last, 2, 1); // a known one may change
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.TooManyInstruments.selector, 16));
        rate(address(roles), 1, 1);
    }

    /// @dev A place is taken for ever.
    function test_ARateIsAContracts() public {
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.NotInstrument.selector, address(0)));
        rate(address(0), 1, 1);
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.NotInstrument.selector, stranger));
        rate(stranger, 1, 1);
    }

    /* settling */

    /// @dev What another compliance let in was never counted here: it leaves, and what was counted is never below zero.
    function test_UncountedUnitsStillMove() public {
        Compliance bare = new Compliance(roles, new address[](0));
        bare.bindToken(address(euro));
        rule(bare);
        mint(euro, bob, 300);
        rule(compliance);
        vm.assertEq(policy.usedOf(IDENTITY, word(bobId), BALANCE), 0);
        vm.assertEq(euro.verdict(bob, carol, 100).code, Codes.ALLOWED);
        send(euro, bob, carol, 100);
        vm.prank(address(orders));
        euro.forcedTransfer(bob, carol, 100);
        vm.prank(issuer);
        euro.burn(bob, 100);
        vm.assertEq(policy.usedOf(IDENTITY, word(bobId), BALANCE), 0);
        vm.assertEq(policy.usedOf(IDENTITY, word(carolId), BALANCE), 50_200);
    }

    /* record */

    function test_OnlyTheInstrumentsOwnComplianceCounts() public {
        for (uint256 cause; cause < 5; ++cause) {
            deniedRecord(stranger, movement(Cause(cause), address(euro)));
        }
        // The euro's compliance has no say over the pound, and nobody's over what has no rate.
        deniedRecord(address(compliance), movement(Cause.Mint, address(pound)));
        deniedRecord(address(compliance), movement(Cause.Burn, stranger));
    }

    /* without a rate */

    function test_WithoutARateNothingMoves() public {
        (Instrument yen,) = issue("Yen", "JPY");
        Verdict memory v = yen.verdict(address(0), alice, 1);
        vm.assertEq(v.code, Codes.NO_RATE);
        vm.assertEq(v.subject, word(address(yen)));
        vm.expectRevert(refusal(address(0), alice, 1, v));
        mint(yen, alice, 1);
        vm.assertEq(yen.verdict(alice, bob, 0).code, Codes.NO_RATE);
        (uint256 amount, uint8 code,) = policy.headroom(address(yen), alice);
        vm.assertEq(amount, 0);
        vm.assertEq(code, Codes.NO_RATE);
    }

    /* headroom */

    function test_HeadroomSaysWhatBinds() public {
        headroom(euro, alice, 1000, Codes.TRANSFER_LIMIT, word(1));
        headroom(pound, alice2, 833, Codes.TRANSFER_LIMIT, word(1));
        send(euro, alice, bob, 1000);
        headroom(euro, alice2, 500, Codes.DAY_LIMIT, word(1));
        set(FIRM, word(1), MONTH, 1100);
        headroom(euro, bob, 100, Codes.FIRM_MONTH_LIMIT, word(1));
        headroom(euro, stranger, 0, Codes.TRANSFER_LIMIT, 0);
    }

    /* arithmetic */

    /// @dev Extreme rates and amounts: never a panic, and the headroom is exact.
    function testFuzz_ArithmeticNeverOverflows(uint120 numerator, uint120 denominator, uint256 minted, uint256 amount)
        public
    {
        rate(address(euro), numerator == 0 ? 1 : numerator, denominator == 0 ? 1 : denominator);
        Verdict memory v = euro.verdict(address(0), carol, 0);
        minted = bound(minted, 0, v.headroom);
        mint(euro, carol, minted);
        vm.assertEq(euro.verdict(address(0), carol, v.headroom - minted).code, 0);
        vm.assertTrue(euro.verdict(address(0), carol, v.headroom - minted + 1).code != 0);

        set(IDENTITY, word(bobId), BALANCE, NO_LIMIT);
        v = euro.verdict(carol, bob, amount);
        vm.prank(carol);
        (bool done, bytes memory answer) = address(euro).call(abi.encodeCall(euro.transfer, (bob, amount)));
        vm.assertTrue(done == (v.code == 0));
        if (!done) vm.assertEq(answer, refusal(carol, bob, amount, v));
        policy.usedOf(IDENTITY, word(bobId), BALANCE);
        policy.headroom(address(euro), carol);
    }

    /// @dev "No limit" has a ceiling; refusing there beats overflowing.
    function test_TheCountersCeilingRefuses() public {
        set(IDENTITY, word(bobId), BALANCE, NO_LIMIT);
        set(IDENTITY, word(carolId), BALANCE, NO_LIMIT);
        mint(euro, carol, 2 ** 57);
        refused(euro, carol, bob, 2 ** 56, Codes.TRANSFER_LIMIT, 2 ** 56 - 1, word(2));
        send(euro, carol, bob, 2 ** 56 - 1);
        refused(euro, carol, bob, 1, Codes.DAY_LIMIT, 0, word(2));
        refused(euro, address(0), carol, 2 ** 128, Codes.BALANCE_LIMIT, 2 ** 128 - 50_002 - 2 ** 56, word(carolId));
    }

    /// @dev All of one account's transfers of one instrument: whose flow another entry would count is nobody's word.
    function test_ABatchIsOfOneSender() public {
        Movement[] memory batch = new Movement[](2);
        (batch[0], batch[1]) = (movement(Cause.Transfer, address(euro)), movement(Cause.Transfer, address(euro)));
        deniedBatch(batch, abi.encodeWithSelector(ILimitPolicy.NotCompliance.selector, stranger), stranger);
        bytes memory second = abi.encodeWithSelector(IModule.BatchRefused.selector, 1);
        batch[1].instrument = address(pound);
        deniedBatch(batch, second, address(compliance));
        batch[1] = movement(Cause.Mint, address(euro));
        deniedBatch(batch, second, address(compliance));
        batch[1] = movement(Cause.Transfer, address(euro));
        batch[1].sender = batch[1].recipient;
        deniedBatch(batch, second, address(compliance));
        batch[0].cause = Cause.Burn;
        deniedBatch(batch, abi.encodeWithSelector(IModule.BatchRefused.selector, 0), address(compliance));
        vm.prank(stranger);
        policy.recordBatch(new Movement[](0));
        vm.assertEq(policy.usedOf(ILimitPolicy.Scope.Firm, word(1), ILimitPolicy.Window.Day), 0);
    }

    /* HELPERS */

    function rule(Compliance next) internal {
        vm.prank(address(orders));
        euro.setCompliance(address(next));
    }

    function deniedBatch(Movement[] memory batch, bytes memory why, address caller) internal {
        vm.expectRevert(why);
        vm.prank(caller);
        policy.recordBatch(batch);
    }

    function deniedRecord(address caller, Movement memory m) internal {
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.NotCompliance.selector, caller));
        vm.prank(caller);
        policy.record(m);
    }

    function movement(Cause cause, address instrument) internal view returns (Movement memory) {
        (Side sender, Side recipient) = registry.sides(alice, bob);
        return Movement(cause, instrument, alice, bob, 1, sender, recipient);
    }

    function headroom(Instrument instrument, address account, uint256 room, uint8 code, bytes32 subject) internal view {
        (uint256 amount, uint8 binding, bytes32 whose) = policy.headroom(address(instrument), account);
        vm.assertEq(amount, room);
        vm.assertEq(binding, code);
        vm.assertEq(whose, subject);
    }

    function isSet(ILimitPolicy.Scope scope, bytes32 subject, ILimitPolicy.Window window, uint256 value) internal view {
        (uint256 stated, bool stands) = policy.limitOf(scope, subject, window);
        vm.assertTrue(stands);
        vm.assertEq(stated, value);
    }

    function unset(ILimitPolicy.Scope scope, bytes32 subject, ILimitPolicy.Window window) internal view {
        (uint256 stated, bool stands) = policy.limitOf(scope, subject, window);
        vm.assertFalse(stands);
        vm.assertEq(stated, NO_LIMIT);
    }
}
