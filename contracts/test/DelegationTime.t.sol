// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Role} from "../src/Roles.sol";
import {IOrders} from "../src/interfaces/IOrders.sol";
import {IRoles} from "../src/interfaces/IRoles.sol";
import {DelegationGround} from "./DelegationGround.sol";
import {bound} from "./Test.sol";

/// @dev From when to when, between whom, and how it ends.
contract DelegationTimeTest is DelegationGround {
    /* its time */

    function test_ADelegationRunsFromItsStartToBeforeItsEnd() public {
        uint256 start = block.timestamp + 1 days;
        delegate(officer, deputy, start, start + 30 days);
        for (uint256 i; i < 4; ++i) {
            vm.warp([start - 1, start, start + 30 days - 1, start + 30 days][i]);
            (bool may, address principal) = roles.mayAct(deputy, Role.OFFICER);
            vm.assertTrue(may == (i == 1 || i == 2));
            vm.assertEq(principal, may ? officer : address(0));
        }
    }

    function test_ADelegationLastsThirtyDaysAtMost() public {
        uint64 start = uint64(block.timestamp);
        uint64 most = roles.MAX_DELEGATION();
        bytes memory why = abi.encodeWithSelector(IRoles.DelegationTooLong.selector, start, start + most + 1, most);
        refusedDelegation(why, officer, deputy, start, start + most + 1);
        delegate(officer, deputy, start, start + most);
    }

    function test_ADelegationEndsAfterItBeginsAndNotInThePast() public {
        uint64 now_ = uint64(block.timestamp);
        bytes memory why = abi.encodeWithSelector(IRoles.BadDelegation.selector, now_ + 2, now_ + 2);
        refusedDelegation(why, officer, deputy, now_ + 2, now_ + 2);
        why = abi.encodeWithSelector(IRoles.BadDelegation.selector, now_ - 5, now_);
        refusedDelegation(why, officer, deputy, now_ - 5, now_);
    }

    /* how it ends */

    function test_LosingTheRoleEndsItForGood() public {
        deputise(officer, deputy);
        vm.expectEmit(address(roles));
        emit IRoles.DelegationEnded(officer, deputy, 0);
        setRoles(officer, person(2), Role.REGISTRAR);
        mayNot();
        setRoles(officer, person(2), Role.OFFICER);
        mayNot();
    }

    function test_RemovalEndsItOnEitherSide() public {
        deputise(officer, deputy);
        setRoles(officer, 0, 0);
        mayNot();
        setRoles(officer, person(2), Role.OFFICER);
        mayNot();
        deputise(officer, deputy);
        setRoles(deputy, 0, 0);
        mayNot();
    }

    function test_OtherRolesChangeNothing() public {
        deputise(officer, deputy);
        setRoles(officer, person(2), Role.OFFICER | Role.ISSUER);
        setRoles(officer, person(2), Role.OFFICER);
        setRoles(deputy, person(9), Role.ISSUER);
        (bool may,) = roles.mayAct(deputy, Role.OFFICER);
        vm.assertTrue(may);
    }

    function test_AnOrderEndsItEarly() public {
        deputise(officer, deputy);
        delegate(officer, deputy, 0, 0);
        mayNot();
        vm.assertEq(roles.delegateOf(officer), address(0));
    }

    function test_OneDelegateAndOnePrincipalAtATime() public {
        setRoles(bob, person(10), Role.REGISTRAR);
        deputise(officer, deputy);
        deputise(approver, deputy);
        mayNot();
        vm.assertEq(roles.delegationOf(deputy).principal, approver);
        deputise(approver, bob);
        vm.assertEq(roles.delegationOf(deputy).principal, address(0));
        vm.assertEq(roles.delegateOf(approver), bob);
    }

    /* who may be named */

    function test_ADelegateCannotDelegateOn() public {
        setRoles(bob, person(10), Role.REGISTRAR);
        deputise(officer, deputy);
        bytes memory why = abi.encodeWithSelector(IRoles.NothingToDelegate.selector, deputy);
        refusedDelegation(why, deputy, bob, uint64(block.timestamp), uint64(block.timestamp + 1 days));

        // Nor does what it was lent reach through a delegation of its own.
        setRoles(deputy, person(9), Role.APPROVER);
        deputise(deputy, bob);
        (bool may,) = roles.mayAct(bob, Role.OFFICER);
        vm.assertFalse(may);
    }

    function test_NobodyDeputisesForItself() public {
        setRoles(stranger, person(2), Role.REGISTRAR);
        bytes memory why = abi.encodeWithSelector(IRoles.SelfDelegation.selector, officer, stranger, person(2));
        refusedDelegation(why, officer, stranger, uint64(block.timestamp), uint64(block.timestamp + 1 days));
    }

    function test_ADelegateHasAPerson() public {
        bytes memory why = abi.encodeWithSelector(IRoles.ZeroPerson.selector, stranger);
        refusedDelegation(why, officer, stranger, uint64(block.timestamp), uint64(block.timestamp + 1 days));
    }

    function test_OnlyOrdersSetsADelegation() public {
        vm.expectRevert(abi.encodeWithSelector(IRoles.NotOrders.selector, administrator));
        vm.prank(administrator);
        roles.setDelegation(officer, deputy, 0, 1, 0);
    }

    function test_TheEventTellsAllOfIt() public {
        uint64 start = uint64(block.timestamp);
        IOrders.Order memory order =
            draft(IOrders.Kind.Delegate, address(roles), abi.encode(officer, deputy, start, start + 9));
        bytes memory signature = signed(OFFICER_KEY, order);
        vm.expectEmit(address(roles));
        emit IRoles.DelegationSet(officer, deputy, person(2), person(9), start, start + 9, orders.idOf(order));
        // An administrator may be one of the two.
        execute(administrator, order, signature);
    }

    /// @dev Whatever is ordered, both directions tell the same, and only what is owned is lent.
    function testFuzz_DelegationsStayPaired(uint8[16] calldata acts, uint8[16] calldata whom) public {
        address[4] memory all = [officer, approver, deputy, administrator];
        for (uint256 i; i < 16; ++i) {
            (address a, address b) = (all[acts[i] % 4], all[whom[i] % 4]);
            vm.prank(address(orders));
            if (acts[i] % 3 == 0) {
                try roles.setRoles(a, person(20 + whom[i] % 3), 1 + whom[i] % 6, 0) {} catch {}
            } else {
                uint64 until = uint64(block.timestamp + bound(whom[i], 1, 30));
                try roles.setDelegation(a, b, uint64(block.timestamp), until, 0) {} catch {}
            }
            for (uint256 j; j < 4; ++j) {
                address principal = roles.delegationOf(all[j]).principal;
                if (principal == address(0)) continue;
                vm.assertEq(roles.delegateOf(principal), all[j]);
                vm.assertTrue(roles.personOf(principal) != roles.personOf(all[j]));
                vm.assertTrue(roles.rolesOf(principal) & Role.LENDABLE != 0);
            }
        }
    }
}
