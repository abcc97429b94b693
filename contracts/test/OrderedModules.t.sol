// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IOrders} from "../src/interfaces/IOrders.sol";
import {CountryRules} from "../src/modules/CountryRules.sol";
import {HolderCap} from "../src/modules/HolderCap.sol";
import {Preapproval} from "../src/modules/Preapproval.sol";
import {SupplyCap} from "../src/modules/SupplyCap.sol";
import {OrdersGround} from "./OrdersGround.sol";

/// @dev Orders to the modules as they are deployed.
contract OrderedModulesTest is OrdersGround {
    function test_SetCountryRule() public {
        CountryRules rules = new CountryRules(roles, CountryRules.Mode.Restrict, new uint16[](0));
        bytes memory arguments = abi.encode(643, true);
        IOrders.Order memory order = draft(IOrders.Kind.SetCountryRule, address(rules), arguments);
        bytes memory signature = signed(OFFICER_KEY, order);
        vm.expectEmit(address(rules));
        emit CountryRules.CountryListed(643, true, orders.idOf(order));
        execute(approver, order, signature);
    }

    function test_SetSupplyCap() public {
        SupplyCap module = new SupplyCap(roles, 5);
        together(IOrders.Kind.SetSupplyCap, address(module), abi.encode(9));
        vm.assertEq(module.cap(), 9);
    }

    function test_SetHolderCap() public {
        HolderCap module = new HolderCap(roles, 5);
        together(IOrders.Kind.SetHolderCap, address(module), abi.encode(9));
        vm.assertEq(module.cap(), 9);
    }

    function test_Preapprove() public {
        Preapproval module = new Preapproval(roles);
        uint64 end = uint64(block.timestamp + 1 days);
        alone(IOrders.Kind.Preapprove, address(module), abi.encode(alice, bob, 50, end));
        vm.assertEq(module.approvedUntil(alice, bob, 50), end);
    }

    function test_ACapOfOneSortIsNotSetAsTheOther() public {
        address module = address(new HolderCap(roles, 5));
        IOrders.Order memory order = draft(IOrders.Kind.SetSupplyCap, module, abi.encode(9));
        bytes memory why = abi.encodeWithSelector(IOrders.UnknownTarget.selector, IOrders.Kind.SetSupplyCap, module);
        refused(why, approver, order, signed(OFFICER_KEY, order));
    }
}
