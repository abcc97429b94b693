// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {IOrders} from "../src/interfaces/IOrders.sol";
import {IRoles} from "../src/interfaces/IRoles.sol";
import {ITrust} from "../src/interfaces/ITrust.sol";
import {Parrot} from "./claims/Claimants.sol";
import {OrdersGround} from "./OrdersGround.sol";

contract DispatchTest is OrdersGround {
    /* each kind and its deed */

    function test_DecideKyc() public {
        decide(bobId, IIdentityRegistry.Status.Revoked, 3, EXPIRY);
        vm.assertEq(registry.standingOf(bobId).tier, 3);
    }

    function test_SetRate() public {
        together(IOrders.Kind.SetRate, address(policy), abi.encode(euro, 9, 7));
        (uint128 numerator, uint128 denominator) = policy.rateOf(address(euro));
        vm.assertEq(numerator, 9);
        vm.assertEq(denominator, 7);
    }

    function test_FreezeAndUnfreeze() public {
        freeze(alice);
        together(IOrders.Kind.Unfreeze, address(euro), abi.encode(alice));
        vm.assertFalse(euro.isFrozen(alice));
    }

    function test_SetRoles() public {
        together(IOrders.Kind.SetRoles, address(roles), abi.encode(stranger, person(9), 2));
        vm.assertEq(roles.rolesOf(stranger), 2);
    }

    function test_SetSignatures() public {
        IOrders.Order memory order =
            draft(IOrders.Kind.SetSignatures, address(orders), abi.encode(IOrders.Kind.Freeze, 2));
        bytes memory signature = signed(OFFICER_KEY, order);
        vm.expectEmit(address(orders));
        emit IOrders.SignaturesSet(IOrders.Kind.Freeze, 2, orders.idOf(order));
        execute(approver, order, signature);
        vm.assertEq(orders.signaturesFor(IOrders.Kind.Freeze), 2);
    }

    function test_SetScreening() public {
        alone(IOrders.Kind.SetScreening, address(registry), abi.encode(aliceId, true));
        vm.assertTrue(registry.standingOf(aliceId).flagged);
        alone(IOrders.Kind.SetScreening, address(registry), abi.encode(aliceId, false));
        vm.assertFalse(registry.standingOf(aliceId).flagged);
    }

    function test_SetCountry() public {
        IOrders.Order memory order = draft(IOrders.Kind.SetCountry, address(registry), abi.encode(aliceId, 276));
        vm.expectEmit(address(registry));
        emit IIdentityRegistry.CountryChanged(aliceId, 1, 250, 276, orders.idOf(order));
        execute(officer, order, "");
    }

    function test_SetTrustedIssuerAndSetClaimTopic() public {
        address issuer = address(new Parrot(""));
        IOrders.Order memory order =
            draft(IOrders.Kind.SetTrustedIssuer, address(registry), abi.encode(issuer, 7, true));
        bytes memory signature = signed(OFFICER_KEY, order);
        vm.expectEmit(address(registry));
        emit ITrust.TrustedIssuerSet(issuer, 7, true, orders.idOf(order));
        execute(approver, order, signature);

        order = draft(IOrders.Kind.SetClaimTopic, address(registry), abi.encode(7, true));
        signature = signed(OFFICER_KEY, order);
        vm.expectEmit(address(registry));
        emit ITrust.ClaimTopicSet(7, true, orders.idOf(order));
        execute(approver, order, signature);
    }

    function test_TheLastAdministratorCannotBeOrderedAway() public {
        IOrders.Order memory order =
            draft(IOrders.Kind.SetRoles, address(roles), abi.encode(administrator, person(1), 0));
        bytes memory why = abi.encodeWithSelector(IRoles.LastAdministrator.selector, administrator);
        refused(why, approver, order, signed(OFFICER_KEY, order));
    }

    /* targets */

    /// @dev Whatever the kind: without code, without a rate.
    function test_AStrangerIsNoTarget() public {
        for (uint256 k = 1; k < 24; ++k) {
            unknownTarget(IOrders.Kind(k), stranger);
            unknownTarget(IOrders.Kind(k), address(this));
        }
    }

    /// @dev Every contract of the suite, and every kind that is not for it.
    function test_EachKindHasItsTargetAndNoOther() public {
        address[5] memory targets = [address(registry), address(policy), address(roles), address(orders), address(euro)];
        uint8[24] memory places = [9, 0, 1, 1, 4, 4, 2, 3, 4, 4, 4, 4, 4, 5, 5, 5, 5, 0, 0, 0, 2, 4, 4, 0];
        for (uint256 k = 1; k < 24; ++k) {
            for (uint256 t; t < 5; ++t) {
                if (places[k] != t) unknownTarget(IOrders.Kind(k), targets[t]);
            }
        }
    }

    function test_DirtyBitsAreRefused() public {
        // Twenty-one bytes of address, a status and a window that do not exist, a truth that is neither.
        uint256 dirty = uint256(uint160(alice)) | 2 ** 160;
        refusedWords(IOrders.Kind.Unfreeze, address(euro), abi.encode(dirty));
        refusedWords(IOrders.Kind.DecideKyc, address(registry), abi.encode(aliceId, 5, 1, EXPIRY, 0));
        refusedWords(IOrders.Kind.DecideKyc, address(registry), abi.encode(aliceId, 2, 257, EXPIRY, 0));
        refusedWords(IOrders.Kind.SetLimit, address(policy), abi.encode(1, 1, 4, 1));
        refusedWords(IOrders.Kind.SetRate, address(policy), abi.encode(euro, 2 ** 128, 1));
        refusedWords(IOrders.Kind.SetScreening, address(registry), abi.encode(aliceId, 2));
        refusedWords(IOrders.Kind.SetSignatures, address(orders), abi.encode(24, 2));
    }

    /* HELPERS */

    /// @dev Arguments that fit every kind of their length: small numbers, and dates that are not read before the target.
    function unknownTarget(IOrders.Kind kind, address target) internal {
        uint8[24] memory words = [0, 5, 4, 3, 3, 1, 3, 2, 3, 1, 2, 3, 3, 2, 1, 1, 4, 2, 3, 2, 4, 1, 1, 2];
        IOrders.Order memory order = draft(kind, target, new bytes(words[uint8(kind)] * 32));
        bytes memory why = abi.encodeWithSelector(IOrders.UnknownTarget.selector, kind, target);
        refused(why, approver, order, signed(OFFICER_KEY, order));
    }

    function refusedWords(IOrders.Kind kind, address target, bytes memory arguments) internal {
        IOrders.Order memory order = draft(kind, target, arguments);
        refused(approver, order, signed(OFFICER_KEY, order));
    }
}
