// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Compliance} from "../src/Compliance.sol";
import {IdentityRegistry} from "../src/IdentityRegistry.sol";
import {Instrument} from "../src/Instrument.sol";
import {Role, Roles} from "../src/Roles.sol";
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

    function test_NoneIsNoKind() public {
        IOrders.Order memory order =
            draft(IOrders.Kind.SetSignatures, address(orders), abi.encode(IOrders.Kind.None, 2));
        bytes memory why = abi.encodeWithSelector(IOrders.UnknownKind.selector, IOrders.Kind.None);
        refused(why, approver, order, signed(OFFICER_KEY, order));
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
        together(IOrders.Kind.SetScreening, address(registry), abi.encode(aliceId, false));
        vm.assertFalse(registry.standingOf(aliceId).flagged);
    }

    function test_OnePersonDoesNotClearAHit() public {
        alone(IOrders.Kind.SetScreening, address(registry), abi.encode(aliceId, true));
        IOrders.Order memory order = draft(IOrders.Kind.SetScreening, address(registry), abi.encode(aliceId, false));
        refused(abi.encodeWithSelector(IOrders.ClearingNeedsTwo.selector, aliceId), officer, order, "");
        vm.assertTrue(registry.standingOf(aliceId).flagged);
        // The same order, once a second person has signed it.
        execute(approver, order, signed(OFFICER_KEY, order));
        vm.assertFalse(registry.standingOf(aliceId).flagged);
    }

    function test_OnePersonDoesNotMoveAnybodyAbroad() public {
        IOrders.Order memory order = draft(IOrders.Kind.SetCountry, address(registry), abi.encode(aliceId, 276));
        refused(missing(officer, Role.APPROVER), officer, order, "");
        vm.assertEq(registry.standingOf(aliceId).country, 250);
    }

    function test_SetCountry() public {
        IOrders.Order memory order = draft(IOrders.Kind.SetCountry, address(registry), abi.encode(aliceId, 276));
        bytes memory signature = signed(OFFICER_KEY, order);
        vm.expectEmit(address(registry));
        emit IIdentityRegistry.CountryChanged(aliceId, 1, 250, 276, orders.idOf(order));
        execute(approver, order, signature);
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

    function test_Unpause() public {
        together(IOrders.Kind.Pause, address(euro), abi.encode(euro, block.timestamp, type(uint64).max));
        together(IOrders.Kind.Unpause, address(euro), abi.encode(euro));
        vm.assertEq(euro.pausedUntil(), 0);
    }

    function test_APauseIsOfTheInstrumentItNames() public {
        bytes memory wrong = abi.encodeWithSelector(
            IOrders.TargetMismatch.selector, IOrders.Kind.Unpause, address(euro), address(pound)
        );
        IOrders.Order memory order = draft(IOrders.Kind.Unpause, address(euro), abi.encode(pound));
        refused(wrong, approver, order, signed(OFFICER_KEY, order));
        wrong =
            abi.encodeWithSelector(IOrders.TargetMismatch.selector, IOrders.Kind.Pause, address(euro), address(pound));
        order = draft(IOrders.Kind.Pause, address(euro), abi.encode(pound, block.timestamp, block.timestamp + 1));
        refused(wrong, approver, order, signed(OFFICER_KEY, order));
    }

    function test_FreezeAmount() public {
        together(IOrders.Kind.FreezeAmount, address(euro), abi.encode(alice, 70));
        vm.assertEq(euro.getFrozenTokens(alice), 70);
    }

    function test_ForcedTransfer() public {
        mint(euro, alice, 100);
        freeze(alice);
        together(IOrders.Kind.ForcedTransfer, address(euro), abi.encode(alice, bob, 60));
        vm.assertEq(euro.balanceOf(alice), 40);
        vm.assertEq(euro.balanceOf(bob), 60);
    }

    function test_Recover() public {
        mint(euro, alice, 100);
        together(IOrders.Kind.Recover, address(euro), abi.encode(alice, alice2, aliceId));
        vm.assertEq(euro.balanceOf(alice2), 100);
        vm.assertEq(euro.replacementOf(alice), alice2);
    }

    function test_SetCompliance() public {
        address[] memory modules = new address[](1);
        modules[0] = address(policy);
        Compliance next = new Compliance(roles, modules);
        next.bindToken(address(euro));
        together(IOrders.Kind.SetCompliance, address(euro), abi.encode(next));
        vm.assertEq(euro.compliance(), address(next));
    }

    function test_Upgrade() public {
        address next = address(new NextInstrument(roles, registry));
        together(IOrders.Kind.Upgrade, address(euro), abi.encode(next));
        (address scheduled,) = euro.scheduledUpgrade();
        vm.assertEq(scheduled, next);
    }

    /* modules */

    function test_EachModuleTakesItsKind() public {
        for (uint8 k = 13; k <= 16; ++k) {
            Module module = new Module(roles, IOrders.Kind(k));
            bytes memory arguments = k == 13 ? abi.encode(643, true) : k == 16 ? abi.encode(1, 2, 3, 4) : abi.encode(9);
            bytes32 id = together(IOrders.Kind(k), address(module), arguments);
            vm.assertEq(module.called(), k);
            vm.assertEq(module.orderId(), id);
        }
    }

    /// @dev What sets the cap of the supply does not set that of the holders, though both have one function.
    function test_AModuleTakesNoOtherKind() public {
        for (uint8 k = 13; k <= 16; ++k) {
            Module module = new Module(roles, IOrders.Kind(k));
            for (uint8 other = 1; other < 24; ++other) {
                if (other != k) unknownTarget(IOrders.Kind(other), address(module));
            }
        }
    }

    function test_AModuleOfAnotherSuiteIsNoTarget() public {
        Roles others = new Roles(new Roles.Officer[](0));
        unknownTarget(IOrders.Kind.SetSupplyCap, address(new Module(others, IOrders.Kind.SetSupplyCap)));
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

/// @dev A module of the right shape that only writes down what it was told.
contract Module {
    Roles public immutable ROLES;
    IOrders.Kind public immutable KIND;
    uint8 public called;
    bytes32 public orderId;

    constructor(Roles roles, IOrders.Kind kind) {
        (ROLES, KIND) = (roles, kind);
    }

    function setCountry(uint16 country, bool listed, bytes32 id) external {
        require(country == 643 && listed);
        (called, orderId) = (13, id);
    }

    function setCap(uint256 cap, bytes32 id) external {
        require(cap == 9);
        (called, orderId) = (uint8(KIND), id);
    }

    function approve(address from, address to, uint256 amount, uint64 expiresAt, bytes32 id) external {
        require(from == address(1) && to == address(2) && amount == 3 && expiresAt == 4);
        (called, orderId) = (16, id);
    }
}

contract NextInstrument is Instrument {
    constructor(Roles roles, IdentityRegistry registry) Instrument(roles, registry) {}

    function _release() internal pure override returns (uint64) {
        return 2;
    }
}
