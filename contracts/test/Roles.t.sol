// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Role, Roles} from "../src/Roles.sol";
import {IRoles} from "../src/interfaces/IRoles.sol";
import {LedgerTest} from "./Ledger.sol";
import {Vm} from "./Test.sol";

contract RolesTest is LedgerTest {
    function test_FoundingOfficersAreInEvents() public {
        Roles.Officer[] memory officers = new Roles.Officer[](1);
        officers[0] = Roles.Officer(alice, person(1), 3);
        vm.recordLogs();
        Roles founded = new Roles(officers);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 1);
        vm.assertEq(logs[0].topics[0], IRoles.RolesSet.selector);
        vm.assertEq(logs[0].topics[1], word(alice));
        vm.assertEq(logs[0].data, abi.encode(0, 3, bytes32(0)));
        vm.assertEq(founded.rolesOf(alice), 3);
        vm.assertEq(founded.personOf(alice), person(1));
    }

    /* setOrders */

    function test_OnlyTheDeployerNamesOrders() public {
        Roles fresh = new Roles(new Roles.Officer[](0));
        vm.expectRevert(abi.encodeWithSelector(IRoles.NotDeployer.selector, stranger));
        vm.prank(stranger);
        fresh.setOrders(stranger);
    }

    function test_OrdersIsNamedOnce() public {
        vm.expectRevert(abi.encodeWithSelector(IRoles.OrdersTaken.selector, address(orders)));
        roles.setOrders(address(this));
    }

    function test_OrdersIsNotNobody() public {
        Roles fresh = new Roles(new Roles.Officer[](0));
        vm.expectRevert(abi.encodeWithSelector(IRoles.ZeroAddress.selector));
        fresh.setOrders(address(0));
    }

    /* setRoles */

    function test_OnlyOrdersSetsRoles() public {
        vm.expectRevert(abi.encodeWithSelector(IRoles.NotOrders.selector, administrator));
        vm.prank(administrator);
        roles.setRoles(stranger, person(9), 1, 0);
    }

    function test_SetsAllRolesAtOnce() public {
        vm.expectEmit(address(roles));
        emit IRoles.RolesSet(officer, person(2), Role.OFFICER, 12, "id");
        set(officer, person(2), 12);
        vm.assertEq(roles.personOf(officer), person(2));
        vm.assertTrue(roles.holds(officer, 8));
        vm.assertTrue(roles.holds(officer, 12));
        vm.assertFalse(roles.holds(officer, 12 | Role.OFFICER));
    }

    function test_NoRolesRemovesTheWalletAndItsPerson() public {
        vm.expectEmit(address(roles));
        emit IRoles.RolesSet(officer, person(2), Role.OFFICER, 0, "id");
        set(officer, 0, 0);
        vm.assertEq(roles.rolesOf(officer), 0);
        vm.assertEq(roles.personOf(officer), bytes32(0));
    }

    function test_ARoleNeedsAPerson() public {
        vm.expectRevert(abi.encodeWithSelector(IRoles.ZeroPerson.selector, stranger));
        set(stranger, 0, 1);
    }

    function test_TheLastAdministratorStays() public {
        vm.expectRevert(abi.encodeWithSelector(IRoles.LastAdministrator.selector, administrator));
        set(administrator, person(1), Role.OFFICER);

        set(stranger, person(9), Role.ADMINISTRATOR);
        set(administrator, person(1), 0);
        vm.expectRevert(abi.encodeWithSelector(IRoles.LastAdministrator.selector, stranger));
        set(stranger, person(9), 0);
    }

    /// @dev Of one person alone nobody could ever make two again: not by wallets of its own, nor by roles that do not govern.
    function test_TwoPersonsWhoGovernStay() public {
        set(officer, person(2), 0);
        set(stranger, person(1), Role.OFFICER | Role.APPROVER);
        for (uint256 i; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IRoles.TooFewPersons.selector, approver, 1));
            if (i == 0) set(approver, 0, 0);
            else if (i == 1) set(approver, person(3), Role.ISSUER);
            else set(approver, person(3), Role.REGISTRAR);
        }
        set(officer, person(2), Role.OFFICER);
        set(approver, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IRoles.TooFewPersons.selector, officer, 1));
        set(officer, 0, 0);
    }

    /// @dev Who was founded as one may become two, and stay one meanwhile.
    function test_AWalletStandsForOnePersonForGood() public {
        bytes memory why = abi.encodeWithSelector(IRoles.AnothersWallet.selector, officer, person(2));
        for (uint256 i; i < 2; ++i) {
            vm.expectRevert(why);
            set(officer, person(9), Role.OFFICER);
            set(officer, 0, 0);
            vm.assertEq(roles.personOf(officer), 0);
        }
        set(officer, person(2), Role.APPROVER);
        vm.assertEq(roles.personOf(officer), person(2));
    }

    function test_OnePersonMayBeFounded() public {
        Roles.Officer[] memory officers = new Roles.Officer[](1);
        officers[0] = Roles.Officer(alice, person(1), Role.ADMINISTRATOR);
        Roles fresh = new Roles(officers);
        fresh.setOrders(address(this));
        fresh.setRoles(alice, person(1), Role.ADMINISTRATOR | Role.OFFICER, 0);
        fresh.setRoles(bob, person(2), Role.APPROVER, 0);
        vm.expectRevert(abi.encodeWithSelector(IRoles.TooFewPersons.selector, bob, 1));
        fresh.setRoles(bob, 0, 0, 0);
    }

    function test_RolesNobodyKnowsAreRefused() public {
        vm.expectRevert(abi.encodeWithSelector(IRoles.UnknownRoles.selector, 65));
        set(stranger, person(9), 65);
    }

    function test_TheZeroAddressHoldsNothing() public {
        vm.expectRevert(abi.encodeWithSelector(IRoles.ZeroAddress.selector));
        set(address(0), person(9), 1);
    }

    function test_EachRoleHasALabel() public {
        string[6] memory labels = ["Administrator", "Officer", "Approver", "Registrar", "Issuer", "Anchor"];
        for (uint256 i; i < 6; ++i) {
            vm.assertEq(roles.labelOf(1 << i), labels[i]);
        }
        for (uint256 i; i < 3; ++i) {
            uint256 none = [uint256(0), 3, 64][i];
            vm.expectRevert(abi.encodeWithSelector(IRoles.UnknownRoles.selector, none));
            roles.labelOf(none);
        }
    }

    function testFuzz_AnAdministratorIsAlwaysLeft(uint8[16] calldata who, uint8[16] calldata what) public {
        address[4] memory accounts = [administrator, officer, approver, stranger];
        for (uint256 i; i < 16; ++i) {
            vm.prank(address(orders));
            try roles.setRoles(accounts[who[i] % 4], person(1), what[i] % 4, "id") {} catch {}
            uint256 administrators;
            for (uint256 j; j < 4; ++j) {
                administrators += roles.rolesOf(accounts[j]) & Role.ADMINISTRATOR;
            }
            vm.assertTrue(administrators > 0);
        }
    }

    function set(address account, bytes32 who, uint256 what) internal {
        vm.prank(address(orders));
        roles.setRoles(account, who, what, "id");
    }
}
