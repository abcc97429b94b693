// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Roles} from "../src/Roles.sol";
import {IOrders} from "../src/interfaces/IOrders.sol";
import {CountryRules} from "../src/modules/CountryRules.sol";
import {HolderCap} from "../src/modules/HolderCap.sol";
import {Preapproval} from "../src/modules/Preapproval.sol";
import {SupplyCap} from "../src/modules/SupplyCap.sol";
import {OrdersGround} from "./OrdersGround.sol";

contract Pretender {
    IOrders.Kind public constant KIND = IOrders.Kind.SetRate;
    Roles public immutable ROLES;

    constructor(Roles roles) {
        ROLES = roles;
    }
}

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

    /// @dev One that obeys this suite and says that it takes a kind which no module has a function for.
    function test_AModuleOfNoKnownSortIsNoTarget() public {
        address module = address(new Pretender(roles));
        IOrders.Order memory order = draft(IOrders.Kind.SetRate, module, abi.encode(euro, 1, 1));
        bytes memory why = abi.encodeWithSelector(IOrders.UnknownTarget.selector, IOrders.Kind.SetRate, module);
        refused(why, approver, order, signed(OFFICER_KEY, order));
    }
}
