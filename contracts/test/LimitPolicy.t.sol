// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {LimitPolicy} from "../src/LimitPolicy.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {ILimitPolicy} from "../src/interfaces/ILimitPolicy.sol";
import {Cause, Movement} from "../src/interfaces/IModule.sol";
import {Codes, Verdict} from "../src/interfaces/IVerdict.sol";
import {Instrument} from "../src/Instrument.sol";
import {LedgerTest} from "./Ledger.sol";
import {bound} from "./Test.sol";

/// @dev Tier 1 (Alice, Bob) may send 1000 at once, 1500 a day, 4000 a month and hold 100 000; tier 2 (Carol) anything.
contract LimitPolicyTest is LedgerTest {
    ILimitPolicy.Scope internal constant IDENTITY = ILimitPolicy.Scope.Identity;
    ILimitPolicy.Scope internal constant TIER = ILimitPolicy.Scope.Tier;
    ILimitPolicy.Scope internal constant FIRM = ILimitPolicy.Scope.Firm;
    ILimitPolicy.Window internal constant TRANSFER = ILimitPolicy.Window.Transfer;
    ILimitPolicy.Window internal constant DAY = ILimitPolicy.Window.Day;
    ILimitPolicy.Window internal constant MONTH = ILimitPolicy.Window.Month;
    ILimitPolicy.Window internal constant BALANCE = ILimitPolicy.Window.Balance;

    function setUp() public override {
        super.setUp();
        mint(euro, alice, 20_000);
        mint(euro, alice2, 5000);
        mint(pound, alice, 20_000);
        mint(euro, carol, 50_000);
    }

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
        for (uint160 i = 3; i <= 16; ++i) {
            rate(address(i), 1, 1);
        }
        rate(address(16), 2, 1); // a known one may change
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.TooManyInstruments.selector, 16));
        rate(address(17), 1, 1);
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

    /* rolling windows */

    function test_ALimitIsInclusive() public {
        send(euro, alice, bob, 1000);
        refused(euro, alice, bob, 501, Codes.DAY_LIMIT, 500, word(1));
        send(euro, alice, bob, 500);
        refused(euro, alice, bob, 1, Codes.DAY_LIMIT, 0, word(1));
    }

    /// @dev The flaw of fixed windows: all of yesterday's just before midnight, all of today's just after.
    function test_NotTwiceAroundABoundary() public {
        vm.warp((START / 1 days + 1) * 1 days - 1);
        exhaust(1500);
        for (uint256 i; i <= 24; ++i) {
            refused(euro, alice, bob, 1, Codes.DAY_LIMIT, 0, word(1));
            vm.warp(block.timestamp + 1 hours);
        }
        send(euro, alice, bob, 1000);
    }

    function test_TheMonthIsFreeAgainAfterThirtyDays() public {
        set(TIER, word(1), DAY, NO_LIMIT);
        vm.warp((START / 1 days + 1) * 1 days - 1);
        exhaust(4000);
        vm.warp(block.timestamp + 30 days);
        refused(euro, alice, bob, 1, Codes.MONTH_LIMIT, 0, word(1));
        vm.warp(block.timestamp + 1);
        send(euro, alice, bob, 1000);
    }

    function test_CountsTheIdentityAcrossAccountsAndInstruments() public {
        send(pound, alice, bob, 500); // 600 in reference units
        send(euro, alice2, bob, 600);
        vm.assertEq(policy.usedOf(IDENTITY, word(aliceId), DAY), 1200);
        refused(pound, alice, bob, 251, Codes.DAY_LIMIT, 250, word(1));
        refused(euro, alice2, bob, 301, Codes.DAY_LIMIT, 300, word(1));
    }

    function test_CountsRoundedUp() public {
        vm.expectEmit(address(policy));
        emit ILimitPolicy.FlowCounted(aliceId, 1, address(pound), 2);
        send(pound, alice, bob, 1);
        vm.assertEq(policy.usedOf(FIRM, word(1), MONTH), 2);
        vm.assertEq(policy.valueOf(address(pound), 1), 2);
    }

    function test_AMoveWithinTheIdentityCountsNothingAndKnowsNoLimit() public {
        send(euro, alice, alice2, 20_000);
        vm.assertEq(policy.usedOf(IDENTITY, word(aliceId), DAY), 0);
        vm.assertEq(policy.usedOf(FIRM, word(1), DAY), 0);
        vm.assertEq(policy.usedOf(IDENTITY, word(aliceId), BALANCE), 49_000);
    }

    function test_MintBurnAndZeroCountNoFlow() public {
        mint(euro, alice, 10);
        vm.prank(issuer);
        euro.burn(alice, 10);
        send(euro, alice, bob, 0);
        vm.assertEq(policy.usedOf(IDENTITY, word(aliceId), MONTH), 0);
        vm.assertEq(policy.usedOf(IDENTITY, word(bobId), MONTH), 0);
    }

    function test_ALimitBelowWhatIsUsedLeavesNoRoom() public {
        send(euro, alice, bob, 1000);
        set(TIER, word(1), DAY, 400);
        refused(euro, alice, bob, 1, Codes.DAY_LIMIT, 0, word(1));
        send(euro, alice, bob, 0);
        set(TIER, word(1), DAY, 1001);
        send(euro, alice, bob, 1);
    }

    function test_ARefusalConsumesNothing() public {
        vm.prank(alice);
        (bool done,) = address(euro).call(abi.encodeCall(euro.transfer, (bob, 1001)));
        vm.assertFalse(done);
        vm.assertEq(policy.usedOf(IDENTITY, word(aliceId), DAY), 0);
    }

    /* scopes */

    function test_AnIdentitysOwnLimitOverridesItsTiers() public {
        set(IDENTITY, word(aliceId), TRANSFER, 1200);
        send(euro, alice, bob, 1200);
        set(IDENTITY, word(aliceId), DAY, 1300);
        refused(euro, alice, bob, 101, Codes.DAY_LIMIT, 100, word(aliceId));
        set(IDENTITY, word(aliceId), DAY, NO_LIMIT);
        refused(euro, alice, bob, 1201, Codes.TRANSFER_LIMIT, 1200, word(aliceId));
        refused(euro, bob, carol, 1001, Codes.TRANSFER_LIMIT, 1000, word(1)); // others keep the tier's
    }

    function test_ATierWithoutLimitsFailsClosed() public {
        decide(aliceId, IIdentityRegistry.Status.Verified, 9, EXPIRY);
        refused(euro, alice, bob, 1, Codes.TRANSFER_LIMIT, 0, word(9));
        refused(euro, carol, alice, 1, Codes.BALANCE_LIMIT, 0, word(9));
        set(TIER, word(9), TRANSFER, NO_LIMIT);
        refused(euro, alice, bob, 1, Codes.DAY_LIMIT, 0, word(9));
        set(TIER, word(9), DAY, NO_LIMIT);
        refused(euro, alice, bob, 1, Codes.MONTH_LIMIT, 0, word(9));
        set(TIER, word(9), MONTH, NO_LIMIT);
        send(euro, alice, bob, 5000);
    }

    function test_AFirmsLimitBindsAllItsCustomersTogether() public {
        mint(euro, bob, 1000);
        set(FIRM, word(1), DAY, 800);
        send(euro, alice, carol, 500);
        refused(euro, bob, carol, 301, Codes.FIRM_DAY_LIMIT, 300, word(1));
        send(euro, carol, alice, 30_000); // the other firm is free
        set(FIRM, word(1), MONTH, 600);
        refused(euro, bob, carol, 101, Codes.FIRM_MONTH_LIMIT, 100, word(1));
        set(FIRM, word(1), TRANSFER, 50);
        refused(euro, bob, carol, 51, Codes.FIRM_TRANSFER_LIMIT, 50, word(1));
    }

    /* balance */

    function test_WhatAnIdentityHoldsIsBounded() public {
        set(IDENTITY, word(bobId), BALANCE, 1000);
        send(pound, alice, bob, 501); // worth 602, rounded up
        vm.assertEq(policy.usedOf(IDENTITY, word(bobId), BALANCE), 602);
        refused(euro, carol, bob, 399, Codes.BALANCE_LIMIT, 398, word(bobId));
        refused(pound, carol, bob, 1, Codes.BALANCE, 0, word(carol));
        Verdict memory v = pound.verdict(address(0), bob, 333);
        vm.assertEq(v.code, Codes.BALANCE_LIMIT);
        vm.assertEq(v.headroom, 332); // 833 pounds are worth exactly 1000
        mint(pound, bob, 332);
        vm.assertEq(policy.usedOf(IDENTITY, word(bobId), BALANCE), 1000);
    }

    function test_HoldingsAboveALoweredLimitStayAndMayLeave() public {
        set(IDENTITY, word(aliceId), BALANCE, 10);
        refused(euro, carol, alice, 1, Codes.BALANCE_LIMIT, 0, word(aliceId));
        send(euro, alice, alice2, 100);
        send(euro, alice, bob, 1000);
    }

    function test_ARateChangeRevaluesHoldings() public {
        rate(address(euro), 3, 1);
        vm.assertEq(policy.usedOf(IDENTITY, word(aliceId), BALANCE), 99_000);
        refused(euro, carol, alice, 334, Codes.BALANCE_LIMIT, 333, word(1));
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

    /* HELPERS */

    function deniedRecord(address caller, Movement memory m) internal {
        vm.expectRevert(abi.encodeWithSelector(ILimitPolicy.NotCompliance.selector, caller));
        vm.prank(caller);
        policy.record(m);
    }

    function movement(Cause cause, address instrument) internal view returns (Movement memory) {
        return Movement(cause, instrument, alice, bob, 1, registry.standing(alice), registry.standing(bob));
    }

    function set(ILimitPolicy.Scope scope, bytes32 subject, ILimitPolicy.Window window, uint256 value) internal {
        vm.prank(address(orders));
        policy.setLimit(scope, subject, window, value, "id");
    }

    function rate(address instrument, uint128 numerator, uint128 denominator) internal {
        vm.prank(address(orders));
        policy.setRate(instrument, numerator, denominator, "id");
    }

    function exhaust(uint256 total) internal {
        for (; total > 0; total -= total < 1000 ? total : 1000) {
            send(euro, alice, bob, total < 1000 ? total : 1000);
        }
    }

    function refused(
        Instrument instrument,
        address from,
        address to,
        uint256 amount,
        uint8 code,
        uint256 room,
        bytes32 subject
    ) internal {
        address module = code == Codes.BALANCE ? address(instrument) : address(policy);
        Verdict memory v = instrument.verdict(from, to, amount);
        vm.assertEq(abi.encode(v), abi.encode(Verdict(code, module, room, subject)));
        vm.expectRevert(refusal(from, to, amount, v));
        if (from == address(0)) mint(instrument, to, amount);
        else send(instrument, from, to, amount);
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
