// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Roles} from "../../src/Roles.sol";
import {IRoles} from "../../src/interfaces/IRoles.sol";
import {Test} from "../Test.sol";
import {DelegationHandler} from "./DelegationHandler.sol";

/// @dev docs/invariants.md says these in prose.
contract DelegationInvariants is Test {
    DelegationHandler private _handler;
    Roles private _roles;

    function setUp() public {
        _handler = new DelegationHandler();
        _roles = _handler.ledger();
        _target(address(_handler));
    }

    function invariant_WhoMayOrderIsWhatTheBooksSay() public view {
        vm.assertEq(_handler.surprises(), 0);
    }

    function invariant_ALoanEndsWithTimeRoleOrPerson() public view {
        for (uint256 i; i < 5; ++i) {
            address wallet = _handler.wallets(i);
            (address principal, uint256 startsAt, uint256 until) = _handler.loans(wallet);
            IRoles.Delegation memory d = _roles.delegationOf(wallet);
            vm.assertEq(abi.encode(d), abi.encode(principal, startsAt, until));
            if (principal != address(0)) vm.assertEq(_roles.delegateOf(principal), wallet);
            for (uint256 role = 2; role <= 4; role *= 2) {
                (bool may, uint256 behind) = _handler.mayAct(wallet, role);
                (bool does, address whose) = _roles.mayAct(wallet, role);
                vm.assertTrue(may == does);
                vm.assertTrue((behind != 0) == (whose != address(0)));
            }
        }
    }

    function invariant_RolesAreWhatOrdersSaid() public view {
        for (uint256 i; i < 5; ++i) {
            address wallet = _handler.wallets(i);
            vm.assertEq(_roles.rolesOf(wallet), _handler.rolesOf(wallet));
            uint256 person = _handler.personOf(wallet);
            bytes32 expected = person == 0 ? bytes32(0) : keccak256(abi.encode("person", person));
            vm.assertEq(_roles.personOf(wallet), expected);
        }
        vm.assertTrue(_handler.administrators() > 0);
    }
}
