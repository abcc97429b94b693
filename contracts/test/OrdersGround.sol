// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ILimitPolicy} from "../src/interfaces/ILimitPolicy.sol";
import {IOrders} from "../src/interfaces/IOrders.sol";
import {LedgerTest} from "./Ledger.sol";

/// @dev Deeds and words that the tests of orders share.
abstract contract OrdersGround is LedgerTest {
    function limitOrder() internal returns (IOrders.Order memory) {
        return draft(
            IOrders.Kind.SetLimit,
            address(policy),
            abi.encode(ILimitPolicy.Scope.Tier, word(1), ILimitPolicy.Window.Day, 77)
        );
    }

    function freezeOrder(uint256 reviewIn, uint256 endsIn) internal returns (IOrders.Order memory) {
        return draft(
            IOrders.Kind.Freeze, address(euro), abi.encode(alice, block.timestamp + reviewIn, block.timestamp + endsIn)
        );
    }

    function setRoles(address account, bytes32 who, uint256 what) internal {
        vm.prank(address(orders));
        roles.setRoles(account, who, what, 0);
    }

    /// @dev From now on for a day, by order.
    function deputise(address principal, address deputy) internal {
        bytes memory arguments = abi.encode(principal, deputy, block.timestamp, block.timestamp + 1 days);
        together(IOrders.Kind.Delegate, address(roles), arguments);
    }

    function execute(address sender, IOrders.Order memory order, bytes memory signature) internal {
        vm.prank(sender);
        orders.execute(order, signature);
    }

    function refused(bytes memory why, address sender, IOrders.Order memory order, bytes memory signature) internal {
        vm.expectRevert(why);
        execute(sender, order, signature);
    }

    /// @dev Refused for any reason: the compiler's own checks revert without data.
    function refused(address sender, IOrders.Order memory order, bytes memory signature) internal {
        vm.expectRevert();
        execute(sender, order, signature);
    }

    function closed(IOrders.Order memory order, bytes memory signature, IOrders.State state) internal {
        bytes memory why = abi.encodeWithSelector(IOrders.OrderClosed.selector, orders.idOf(order), state);
        refused(why, approver, order, signature);
        vm.expectRevert(why);
        vm.prank(officer);
        orders.cancel(order);
        vm.expectRevert(why);
        vm.prank(approver);
        orders.reject(order, signature, 0);
    }

    function missing(address account, uint256 role) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IOrders.MissingRole.selector, account, role);
    }

    function same(IOrders.Order memory order, bytes32 who) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IOrders.SamePerson.selector, orders.idOf(order), who);
    }
}
