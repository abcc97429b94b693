// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Role} from "../src/Roles.sol";
import {IOrders} from "../src/interfaces/IOrders.sol";
import {IRoles} from "../src/interfaces/IRoles.sol";
import {OrdersGround} from "./OrdersGround.sol";

/// @dev A deputy, and how one is made.
abstract contract DelegationGround is OrdersGround {
    uint256 internal constant DEPUTY_KEY = 0xde9;
    address internal deputy = vm.addr(DEPUTY_KEY);

    /// @dev The deputy is known as a registrar and has nothing of its own that orders need.
    function setUp() public override {
        super.setUp();
        setRoles(deputy, person(9), Role.REGISTRAR);
    }

    function delegate(address principal, address to, uint256 startsAt, uint256 until) internal {
        together(IOrders.Kind.Delegate, address(roles), abi.encode(principal, to, startsAt, until));
    }

    function refusedDelegation(bytes memory why, address principal, address to, uint64 startsAt, uint64 until)
        internal
    {
        vm.expectRevert(why);
        vm.prank(address(orders));
        roles.setDelegation(principal, to, startsAt, until, 0);
    }

    function mayNot() internal view {
        (bool may,) = roles.mayAct(deputy, Role.OFFICER);
        vm.assertFalse(may);
        vm.assertEq(roles.delegationOf(deputy).principal == officer ? officer : address(0), address(0));
    }
}
