// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Role} from "../src/Roles.sol";
import {IOrders} from "../src/interfaces/IOrders.sol";
import {DelegationGround} from "./DelegationGround.sol";

/// @dev What a delegation gives, and what it does not. Its time and its ends are in DelegationTime.t.sol.
contract DelegationTest is DelegationGround {
    /* what it gives */

    function test_ADelegateProposesForItsPrincipal() public {
        deputise(officer, deputy);
        IOrders.Order memory order = limitOrder();
        order.proposer = deputy;
        vm.expectEmit(address(orders));
        emit IOrders.OrderExecuted(
            orders.idOf(order),
            IOrders.Kind.SetLimit,
            deputy,
            approver,
            person(9),
            person(3),
            officer,
            address(0),
            address(policy),
            order.arguments,
            order.reason,
            order.legalRef
        );
        execute(approver, order, signed(DEPUTY_KEY, order));
    }

    function test_ADelegateApprovesForItsPrincipal() public {
        deputise(approver, deputy);
        IOrders.Order memory order = limitOrder();
        vm.expectEmit(address(orders));
        emit IOrders.OrderExecuted(
            orders.idOf(order),
            IOrders.Kind.SetLimit,
            officer,
            deputy,
            person(2),
            person(9),
            address(0),
            approver,
            address(policy),
            order.arguments,
            order.reason,
            order.legalRef
        );
        execute(deputy, order, signed(OFFICER_KEY, order));
    }

    function test_ADelegateRejectsForItsPrincipal() public {
        deputise(approver, deputy);
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        vm.expectEmit(address(orders));
        emit IOrders.OrderRejected(
            orders.idOf(order), officer, deputy, person(2), person(9), address(0), approver, "WHY"
        );
        vm.prank(deputy);
        orders.reject(order, signature, "WHY");
    }

    function test_ADelegateActsAloneForItsPrincipal() public {
        deputise(officer, deputy);
        IOrders.Order memory order = freezeOrder(1 days, 2 days);
        order.proposer = deputy;
        execute(deputy, order, "");
        vm.assertTrue(euro.isFrozen(alice));
    }

    function test_ARoleOfOnesOwnComesFirst() public {
        setRoles(deputy, person(9), Role.OFFICER);
        deputise(officer, deputy);
        (bool may, address principal) = roles.mayAct(deputy, Role.OFFICER);
        vm.assertTrue(may && principal == address(0));
    }

    function test_OnlyOfficersAndApproversRolesAreLent() public {
        setRoles(officer, person(2), Role.OFFICER | Role.ISSUER | Role.ADMINISTRATOR);
        deputise(officer, deputy);
        vm.assertFalse(roles.holds(deputy, Role.ISSUER));
        (bool may,) = roles.mayAct(deputy, Role.ISSUER);
        vm.assertFalse(may);
        (may,) = roles.mayAct(deputy, Role.ADMINISTRATOR);
        vm.assertFalse(may);
        vm.assertFalse(roles.holds(deputy, Role.OFFICER));
    }

    /* nobody on both sides */

    function test_ThePrincipalDoesNotCheckItsDelegate() public {
        setRoles(officer, person(2), Role.OFFICER | Role.APPROVER);
        deputise(officer, deputy);
        IOrders.Order memory order = limitOrder();
        order.proposer = deputy;
        refused(same(order, person(2)), officer, order, signed(DEPUTY_KEY, order));
    }

    function test_TheDelegateDoesNotCheckItsPrincipal() public {
        setRoles(officer, person(2), Role.OFFICER | Role.APPROVER);
        deputise(officer, deputy);
        IOrders.Order memory order = limitOrder();
        refused(same(order, person(2)), deputy, order, signed(OFFICER_KEY, order));
    }

    function test_TheDelegateDoesNotCheckItself() public {
        setRoles(officer, person(2), Role.OFFICER | Role.APPROVER);
        deputise(officer, deputy);
        IOrders.Order memory order = limitOrder();
        order.proposer = deputy;
        refused(same(order, person(9)), deputy, order, signed(DEPUTY_KEY, order));
    }

    function test_TwoDelegatesOfOnePersonAreNotTwo() public {
        // One person with two wallets, each of which lends to another deputy.
        setRoles(stranger, person(2), Role.APPROVER);
        setRoles(bob, person(10), Role.REGISTRAR);
        deputise(officer, deputy);
        deputise(stranger, bob);
        IOrders.Order memory order = limitOrder();
        order.proposer = deputy;
        refused(same(order, person(2)), bob, order, signed(DEPUTY_KEY, order));
    }

    function test_AnotherWalletOfTheDelegatesPersonDoesNotCheckIt() public {
        setRoles(stranger, person(9), Role.APPROVER);
        deputise(officer, deputy);
        IOrders.Order memory order = limitOrder();
        order.proposer = deputy;
        refused(same(order, person(9)), stranger, order, signed(DEPUTY_KEY, order));
    }

    /* governance stays one's own */

    function test_ADelegateDoesNotGovern() public {
        deputise(officer, deputy);
        IOrders.Order memory order =
            draft(IOrders.Kind.SetRoles, address(roles), abi.encode(deputy, person(9), Role.OFFICER));
        order.proposer = deputy;
        refused(missing(deputy, Role.OFFICER), approver, order, signed(DEPUTY_KEY, order));
        order.kind = IOrders.Kind.Delegate;
        order.arguments = abi.encode(officer, deputy, block.timestamp, block.timestamp + 30 days);
        refused(missing(deputy, Role.OFFICER), approver, order, signed(DEPUTY_KEY, order));
    }
}
