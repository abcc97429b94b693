// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Role} from "../src/Roles.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {ILimitPolicy} from "../src/interfaces/ILimitPolicy.sol";
import {IOrders} from "../src/interfaces/IOrders.sol";
import {OrdersGround} from "./OrdersGround.sol";

/// @dev Who and when. What each kind does is in Dispatch.t.sol, signatures in OrderSignatures.t.sol.
contract OrdersTest is OrdersGround {
    /* execute: one signature */

    function test_AnOfficerActsAloneWhereOneSuffices() public {
        IOrders.Order memory order = freezeOrder(1 days, 2 days);
        vm.expectEmit(address(orders));
        emit IOrders.OrderExecuted(
            orders.idOf(order),
            IOrders.Kind.Freeze,
            officer,
            address(0),
            person(2),
            0,
            address(0),
            address(0),
            address(euro),
            order.arguments,
            order.reason,
            order.legalRef
        );
        execute(officer, order, "");
        vm.assertTrue(euro.isFrozen(alice));
    }

    function test_NobodySendsAnothersOrderAlone() public {
        IOrders.Order memory order = freezeOrder(1 days, 2 days);
        bytes memory unsigned = abi.encodeWithSelector(IOrders.BadSignatureLength.selector, orders.idOf(order), 0);
        refused(unsigned, approver, order, "");
        refused(missing(stranger, Role.APPROVER), stranger, order, signed(OFFICER_KEY, order));
    }

    function test_AloneToo_OnlyOfficersAct() public {
        IOrders.Order memory order = freezeOrder(1 days, 2 days);
        order.proposer = stranger;
        refused(missing(stranger, Role.OFFICER), stranger, order, "");
    }

    function test_TwoMayDoWhatOneMay() public {
        IOrders.Order memory order = freezeOrder(1 days, 2 days);
        bytes memory signature = signed(OFFICER_KEY, order);
        vm.expectEmit(address(orders));
        emit IOrders.OrderExecuted(
            orders.idOf(order),
            IOrders.Kind.Freeze,
            officer,
            approver,
            person(2),
            person(3),
            address(0),
            address(0),
            address(euro),
            order.arguments,
            order.reason,
            order.legalRef
        );
        execute(approver, order, signature);
        vm.assertTrue(euro.isFrozen(alice));
    }

    /* execute: two signatures */

    function test_TwoPersonsSetALimit() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        bytes32 id = orders.idOf(order);
        vm.expectEmit(address(orders));
        emit IOrders.OrderExecuted(
            id,
            IOrders.Kind.SetLimit,
            officer,
            approver,
            person(2),
            person(3),
            address(0),
            address(0),
            address(policy),
            order.arguments,
            order.reason,
            order.legalRef
        );
        vm.expectEmit(address(policy));
        emit ILimitPolicy.LimitSet(ILimitPolicy.Scope.Tier, word(1), ILimitPolicy.Window.Day, 1500, 77, id);
        execute(approver, order, signature);
        vm.assertTrue(orders.stateOf(id) == IOrders.State.Executed);
    }

    function test_TheProposerNeedsItsRoleAtExecution() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        setRoles(officer, 0, 0);
        refused(missing(officer, Role.OFFICER), approver, order, signature);
    }

    function test_TheApproverNeedsItsRoleAtExecution() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        refused(missing(administrator, Role.APPROVER), administrator, order, signature);
        setRoles(approver, person(3), Role.OFFICER);
        refused(missing(approver, Role.APPROVER), approver, order, signature);
    }

    function test_OnePersonIsNotTwo() public {
        // The same wallet with both roles, then a second wallet of the same person.
        setRoles(officer, person(2), Role.OFFICER | Role.APPROVER);
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        refused(same(order, person(2)), officer, order, signature);
        setRoles(stranger, person(2), Role.APPROVER);
        refused(same(order, person(2)), stranger, order, signature);
    }

    function test_OfTwoApproversTheSecondComesTooLate() public {
        setRoles(stranger, person(9), Role.APPROVER);
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        bytes memory late =
            abi.encodeWithSelector(IOrders.OrderClosed.selector, orders.idOf(order), IOrders.State.Executed);
        execute(approver, order, signature);
        refused(late, stranger, order, signature);
    }

    /* once, and in time */

    function test_TheDeadlineIsInclusive() public {
        IOrders.Order memory order = limitOrder();
        IOrders.Order memory late = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        bytes memory lateSignature = signed(OFFICER_KEY, late);
        bytes memory why = abi.encodeWithSelector(IOrders.OrderExpired.selector, orders.idOf(late), late.deadline);
        vm.warp(order.deadline);
        execute(approver, order, signature);
        vm.warp(late.deadline + 1);
        refused(why, approver, late, lateSignature);
    }

    function test_AnExecutedOrderIsClosed() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        execute(approver, order, signature);
        closed(order, signature, IOrders.State.Executed);
    }

    function test_AFailedDeedLeavesTheOrderOpen() public {
        IOrders.Order memory order = draft(
            IOrders.Kind.DecideKyc,
            address(registry),
            abi.encode(stranger, IIdentityRegistry.Status.Verified, 1, EXPIRY, bytes32(0))
        );
        refused(abi.encodeWithSelector(IIdentityRegistry.UnknownIdentity.selector, stranger), officer, order, "");
        vm.assertTrue(orders.stateOf(orders.idOf(order)) == IOrders.State.Open);
    }

    /* cancel, reject */

    function test_TheProposerTakesAnOrderBack() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        bytes32 id = orders.idOf(order);
        vm.expectRevert(abi.encodeWithSelector(IOrders.NotProposer.selector, id, approver));
        vm.prank(approver);
        orders.cancel(order);
        vm.expectEmit(address(orders));
        emit IOrders.OrderCancelled(id, officer, person(2));
        vm.prank(officer);
        orders.cancel(order);
        closed(order, signature, IOrders.State.Cancelled);
    }

    function test_AnApproverRejects() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        vm.expectEmit(address(orders));
        emit IOrders.OrderRejected(
            orders.idOf(order), officer, approver, person(2), person(3), address(0), address(0), "WHY"
        );
        vm.prank(approver);
        orders.reject(order, signature, "WHY");
        closed(order, signature, IOrders.State.Rejected);
    }

    function test_WhatALeftOfficerSignedCanStillBeRejected() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        setRoles(officer, 0, 0);
        vm.prank(approver);
        orders.reject(order, signature, "WHY");
        vm.assertTrue(orders.stateOf(orders.idOf(order)) == IOrders.State.Rejected);
    }

    function test_AWalletHandedOverDoesNotMakeOnePersonTwo() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        setRoles(officer, 0, 0);
        setRoles(stranger, person(2), Role.APPROVER);
        refused(missing(officer, Role.OFFICER), stranger, order, signature);
        setRoles(officer, person(2), Role.OFFICER);
        refused(same(order, person(2)), stranger, order, signature);
    }

    function test_OnlyASecondPersonRejectsAndOnlyWhatWasProposed() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        bytes memory forged = signed(ADMINISTRATOR_KEY, order);
        bytes32 id = orders.idOf(order);
        vm.expectRevert(missing(stranger, Role.APPROVER));
        vm.prank(stranger);
        orders.reject(order, signature, "WHY");
        vm.expectRevert(abi.encodeWithSelector(IOrders.BadSignature.selector, id, officer));
        vm.prank(approver);
        orders.reject(order, forged, "WHY");
        setRoles(stranger, person(2), Role.APPROVER);
        vm.expectRevert(same(order, person(2)));
        vm.prank(stranger);
        orders.reject(order, signature, "WHY");
    }

    /* the table of signatures, and who governs */

    function test_AdministratorsMayGovernInPlaceOfOfficerAndApprover() public {
        setRoles(stranger, person(9), Role.ADMINISTRATOR);
        IOrders.Order memory order =
            draft(IOrders.Kind.SetRoles, address(roles), abi.encode(alice, person(10), Role.OFFICER));
        order.proposer = administrator;
        execute(stranger, order, signed(ADMINISTRATOR_KEY, order));
        vm.assertEq(roles.rolesOf(alice), Role.OFFICER);

        // But not in anything else.
        order = limitOrder();
        order.proposer = administrator;
        refused(missing(administrator, Role.OFFICER), approver, order, signed(ADMINISTRATOR_KEY, order));
    }

    function test_SomeKindsAlwaysNeedTwo() public {
        badSignatures(IOrders.Kind.SetRoles, 1);
        badSignatures(IOrders.Kind.SetSignatures, 1);
        badSignatures(IOrders.Kind.Delegate, 1);
        badSignatures(IOrders.Kind.Unpause, 1);
        badSignatures(IOrders.Kind.ForcedTransfer, 1);
        badSignatures(IOrders.Kind.Recover, 1);
        badSignatures(IOrders.Kind.SetCompliance, 1);
        badSignatures(IOrders.Kind.Upgrade, 1);
        badSignatures(IOrders.Kind.SetLimit, 0);
        badSignatures(IOrders.Kind.SetLimit, 3);
    }

    function test_TheTableMovesBothWays() public {
        together(IOrders.Kind.SetSignatures, address(orders), abi.encode(IOrders.Kind.Freeze, 2));
        IOrders.Order memory order = freezeOrder(1 days, 2 days);
        refused(missing(officer, Role.APPROVER), officer, order, "");
        together(IOrders.Kind.SetSignatures, address(orders), abi.encode(IOrders.Kind.Freeze, 1));
        execute(officer, order, "");
    }

    function test_TheFoundingTable() public view {
        uint8[24] memory founded = [0, 1, 2, 2, 1, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 2, 1, 1, 2, 2, 2, 2, 2, 2];
        for (uint256 k; k < 24; ++k) {
            vm.assertEq(orders.signaturesFor(IOrders.Kind(k)), founded[k]);
        }
    }

    function badSignatures(IOrders.Kind kind, uint8 signatures) internal {
        IOrders.Order memory order = draft(IOrders.Kind.SetSignatures, address(orders), abi.encode(kind, signatures));
        bytes memory why = abi.encodeWithSelector(IOrders.BadSignatures.selector, kind, signatures);
        refused(why, approver, order, signed(OFFICER_KEY, order));
    }
}
