// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC3643IdentityRegistry} from "../src/interfaces/IERC3643IdentityRegistry.sol";
import {IERC3643IdentityRegistryStorage} from "../src/interfaces/IERC3643IdentityRegistryStorage.sol";
import {IIdentity} from "../src/interfaces/IIdentity.sol";
import {Fitness, Side} from "../src/Sides.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {LedgerTest} from "./Ledger.sol";

contract IdentityRegistryTest is LedgerTest {
    address internal dave = address(0xdade);
    address internal daveId = address(0x1dd);

    /* registerFirm, register, registerBatch */

    function test_OnlyARegistrarRegisters() public {
        bytes memory refused = abi.encodeWithSelector(IIdentityRegistry.NotRegistrar.selector, officer);
        vm.expectRevert(refused);
        vm.prank(officer);
        registry.registerFirm(3, "LEI", "Firm");
        vm.expectRevert(refused);
        vm.prank(officer);
        registry.register(dave, daveId, 1, 250);
        vm.expectRevert(refused);
        vm.prank(officer);
        registry.registerBatch(new address[](0), new address[](0), new uint32[](0), new uint16[](0));
    }

    function test_AFirmIsRegisteredOnceAndNeverAsZero() public {
        vm.expectEmit(address(registry));
        emit IIdentityRegistry.FirmRegistered(3, "LEI", "Firm");
        vm.prank(registrar);
        registry.registerFirm(3, "LEI", "Firm");

        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.FirmTaken.selector, 3));
        vm.prank(registrar);
        registry.registerFirm(3, "LEI", "Firm");
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.UnknownFirm.selector, 0));
        vm.prank(registrar);
        registry.registerFirm(0, "LEI", "Firm");
    }

    function test_ANewIdentityIsPending() public {
        vm.expectEmit(address(registry));
        emit IIdentityRegistry.IdentityCreated(daveId, 1, 250);
        vm.expectEmit(address(registry));
        emit IIdentityRegistry.AccountLinked(dave, daveId, 1);
        vm.expectEmit(address(registry));
        emit IERC3643IdentityRegistryStorage.IdentityStored(dave, IIdentity(daveId));
        vm.expectEmit(address(registry));
        emit IERC3643IdentityRegistry.IdentityRegistered(dave, IIdentity(daveId));
        enrol(dave, daveId, 1);

        IIdentityRegistry.Standing memory s = registry.standing(dave);
        vm.assertEq(s.identity, daveId);
        vm.assertEq(s.firm, 1);
        vm.assertEq(s.country, 250);
        vm.assertTrue(s.status == IIdentityRegistry.Status.Pending);
        vm.assertFalse(registry.isVerified(dave));
    }

    function test_AnAccountIsLinkedOnce() public {
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.AccountTaken.selector, alice, aliceId));
        enrol(alice, aliceId, 1);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.AccountTaken.selector, alice, aliceId));
        enrol(alice, bobId, 1);
    }

    function test_AnIdentityKeepsItsFirmAndCountry() public {
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.IdentityOfOtherFirm.selector, aliceId, 1));
        enrol(dave, aliceId, 2);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.IdentityOfOtherCountry.selector, aliceId, 250));
        vm.prank(registrar);
        registry.register(dave, aliceId, 1, 276);
    }

    function test_RefusesNobodyAndUnknownFirms() public {
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.ZeroAddress.selector, 0, daveId));
        enrol(address(0), daveId, 1);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.ZeroAddress.selector, dave, 0));
        enrol(dave, address(0), 1);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.UnknownFirm.selector, 3));
        enrol(dave, daveId, 3);
    }

    function testFuzz_ACountryHasThreeDigitsAndIsNotZero(uint16 country) public {
        bool proper = country != 0 && country <= 999;
        if (!proper) vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.InvalidCountry.selector, country));
        vm.prank(registrar);
        registry.register(dave, daveId, 1, country);
        vm.assertEq(registry.investorCountry(dave), proper ? country : 0);
    }

    function test_ABatchNamesTheAccountItRepeats() public {
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.AccountTaken.selector, dave, daveId));
        enrolBoth(dave, dave);
    }

    function test_ABatchOfAccountsIsAllOrNothing() public {
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.AccountTaken.selector, alice, aliceId));
        enrolBoth(dave, alice);
        vm.assertEq(registry.standing(dave).identity, address(0));

        enrolBoth(dave, address(0xdade2));
        vm.assertEq(registry.standing(dave).identity, daveId);
        vm.assertEq(registry.standing(address(0xdade2)).identity, daveId);
    }

    /// @dev Each array in turn is longer or shorter than the accounts.
    function test_ABatchLosesNoTail() public {
        for (uint256 length = 1; length <= 2; ++length) {
            uint256 other = 3 - length;
            bytes memory why = abi.encodeWithSelector(IIdentityRegistry.LengthMismatch.selector, length, other);
            for (uint256 odd; odd < 3; ++odd) {
                address[] memory identities = new address[](odd == 0 ? other : length);
                uint32[] memory firms = new uint32[](odd == 1 ? other : length);
                uint16[] memory countries = new uint16[](odd == 2 ? other : length);
                vm.expectRevert(why);
                vm.prank(registrar);
                registry.registerBatch(new address[](length), identities, firms, countries);
            }
        }
    }

    /* decide */

    function test_OnlyOrdersDecides() public {
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotOrders.selector, officer));
        vm.prank(officer);
        registry.decide(aliceId, IIdentityRegistry.Status.Revoked, 1, EXPIRY, 0, 0);
    }

    function test_DecidesForAllAccountsOfTheIdentity() public {
        vm.expectEmit(address(registry));
        emit IIdentityRegistry.KycDecided(aliceId, 1, IIdentityRegistry.Status.Suspended, 7, EXPIRY, "evidence", "id");
        vm.prank(address(orders));
        registry.decide(aliceId, IIdentityRegistry.Status.Suspended, 7, EXPIRY, "evidence", "id");
        vm.assertFalse(registry.isVerified(alice));
        vm.assertFalse(registry.isVerified(alice2));
        vm.assertEq(registry.standingOf(aliceId).tier, 7);
    }

    function test_RefusesWhatIsNoDecision() public {
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.UnknownIdentity.selector, daveId));
        vm.prank(address(orders));
        registry.decide(daveId, IIdentityRegistry.Status.Verified, 1, EXPIRY, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.InvalidStatus.selector, IIdentityRegistry.Status.None));
        vm.prank(address(orders));
        registry.decide(aliceId, IIdentityRegistry.Status.None, 1, EXPIRY, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.ExpiryPassed.selector, START));
        vm.prank(address(orders));
        registry.decide(aliceId, IIdentityRegistry.Status.Verified, 1, uint64(START), 0, 0);
    }

    function test_AStandingLapsesExactlyAtItsExpiry() public {
        vm.warp(EXPIRY - 1);
        vm.assertTrue(registry.isVerified(alice));
        vm.warp(EXPIRY);
        vm.assertFalse(registry.isVerified(alice));
    }

    /* standing */

    function test_NobodyHasAnEmptyStanding() public view {
        vm.assertEq(registry.standing(stranger).identity, address(0));
        vm.assertEq(registry.standing(address(0)).identity, address(0));
        vm.assertEq(registry.standingOf(alice).identity, address(0)); // an account is not its identity
        vm.assertFalse(registry.isVerified(address(0)));
    }

    function test_BothSidesAtOnce() public view {
        (Side sender, Side recipient) = registry.sides(alice2, carol);
        says(sender, aliceId, Fitness.Eligible);
        says(recipient, carolId, Fitness.Eligible);
        (sender, recipient) = registry.sides(address(0), bob);
        vm.assertEq(Side.unwrap(sender), 0);
        says(recipient, bobId, Fitness.Eligible);
        (sender, recipient) = registry.sides(stranger, stranger);
        vm.assertEq(Side.unwrap(sender), 0);
        vm.assertEq(Side.unwrap(recipient), 0);
    }

    function test_ASideSaysTheFirstReasonWhyNot() public {
        decide(aliceId, IIdentityRegistry.Status.Suspended, 1, EXPIRY);
        flag(aliceId);
        says(aliceId, Fitness.NotVerified);
        verify(aliceId, 3);
        says(aliceId, Fitness.Flagged);
        vm.warp(EXPIRY);
        says(aliceId, Fitness.Expired);
        vm.warp(EXPIRY - 1);
        says(bobId, Fitness.Eligible);
    }

    function flag(address identity) internal {
        vm.prank(address(orders));
        registry.setFlag(identity, true, 0);
    }

    function says(address identity, Fitness fitness) internal view {
        (Side side,) = registry.sides(identity == aliceId ? alice : bob, carol);
        says(side, identity, fitness);
    }

    /// @dev All that a reader's standing says, and whether it is enough.
    function says(Side side, address identity, Fitness fitness) internal view {
        IIdentityRegistry.Standing memory s = registry.standingOf(identity);
        vm.assertEq(side.identity(), identity);
        vm.assertEq(side.firm(), s.firm);
        vm.assertEq(side.country(), s.country);
        vm.assertEq(side.tier(), s.tier);
        vm.assertTrue(side.fitness() == fitness);
    }

    /* HELPERS */

    /// @dev Two accounts of Dave in one batch.
    function enrolBoth(address one, address other) internal {
        (address[] memory accounts, address[] memory identities) = (new address[](2), new address[](2));
        (uint32[] memory firms, uint16[] memory countries) = (new uint32[](2), new uint16[](2));
        (accounts[0], accounts[1]) = (one, other);
        for (uint256 i; i < 2; ++i) {
            (identities[i], firms[i], countries[i]) = (daveId, 1, 250);
        }
        vm.prank(registrar);
        registry.registerBatch(accounts, identities, firms, countries);
    }
}
