// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Orders} from "../src/Orders.sol";
import {Role} from "../src/Roles.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {ILimitPolicy} from "../src/interfaces/ILimitPolicy.sol";
import {IOrders} from "../src/interfaces/IOrders.sol";
import {IRoles} from "../src/interfaces/IRoles.sol";
import {LedgerTest} from "./Ledger.sol";

contract OrdersTest is LedgerTest {
    string internal constant TAIL = "bytes32 reason,bytes32 legalRef,address proposer,uint256 nonce,uint64 deadline)";

    /* the id */

    /// @dev The type strings are written out in full: the contract puts them together.
    function test_TheIdIsTheDigestOfTheTypedData() public {
        string[8] memory actions = [
            "",
            "DecideKyc(address identity,uint8 status,uint8 tier,uint64 expiry,bytes32 evidence)",
            "SetLimit(uint8 scope,bytes32 subject,uint8 window,uint256 limit)",
            "SetRate(address instrument,uint128 numerator,uint128 denominator)",
            "Freeze(address account)",
            "Unfreeze(address account)",
            "SetRoles(address account,bytes32 person,uint256 roles)",
            "SetSignatures(uint8 kind,uint8 signatures)"
        ];
        string[8] memory heads = [
            "",
            "DecideKycOrder(address target,DecideKyc action,",
            "SetLimitOrder(address target,SetLimit action,",
            "SetRateOrder(address target,SetRate action,",
            "FreezeOrder(address target,Freeze action,",
            "UnfreezeOrder(address target,Unfreeze action,",
            "SetRolesOrder(address target,SetRoles action,",
            "SetSignaturesOrder(address target,SetSignatures action,"
        ];
        uint8[8] memory words = [0, 5, 4, 3, 1, 1, 3, 2];
        for (uint256 k = 1; k < 8; ++k) {
            bytes memory arguments = new bytes(words[k] * 32);
            arguments[31] = 0x07;
            IOrders.Order memory o = draft(IOrders.Kind(k), address(0xabc), arguments);
            bytes32 action = keccak256(abi.encodePacked(keccak256(bytes(actions[k])), arguments));
            bytes32 typed = keccak256(bytes(string.concat(heads[k], TAIL, actions[k])));
            bytes32 struct_ =
                keccak256(abi.encode(typed, o.target, action, o.reason, o.legalRef, o.proposer, o.nonce, o.deadline));
            vm.assertEq(orders.idOf(o), keccak256(abi.encodePacked(hex"1901", domain(), struct_)));
        }
    }

    function test_RefusesUnknownKindsAndWrongLengths() public {
        vm.expectRevert(abi.encodeWithSelector(IOrders.UnknownKind.selector, IOrders.Kind.None));
        orders.idOf(draft(IOrders.Kind.None, address(0), ""));
        IOrders.Order memory order = draft(IOrders.Kind.Freeze, address(euro), new bytes(64));
        vm.expectRevert(abi.encodeWithSelector(IOrders.BadArguments.selector, IOrders.Kind.Freeze, 64));
        orders.idOf(order);
    }

    function test_ASignatureIsGoodForOneChainAndOneDeployment() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        Orders other = new Orders(roles, registry, policy);
        bytes32 id = other.idOf(order);
        vm.expectRevert(abi.encodeWithSelector(IOrders.BadSignature.selector, id, officer));
        vm.prank(approver);
        other.execute(order, signature);

        vm.chainId(2);
        id = orders.idOf(order);
        vm.expectRevert(abi.encodeWithSelector(IOrders.BadSignature.selector, id, officer));
        vm.prank(approver);
        orders.execute(order, signature);
    }

    /* execute: one signature */

    function test_AnOfficerActsAloneWhereOneSuffices() public {
        IOrders.Order memory order = draft(IOrders.Kind.Freeze, address(euro), abi.encode(alice));
        vm.expectEmit(address(orders));
        emit IOrders.OrderExecuted(
            orders.idOf(order),
            IOrders.Kind.Freeze,
            officer,
            address(0),
            person(2),
            0,
            address(euro),
            order.arguments,
            order.reason,
            order.legalRef
        );
        vm.prank(officer);
        orders.execute(order, "");
        vm.assertTrue(euro.isFrozen(alice));
    }

    function test_NobodySendsAnothersOrderAlone() public {
        IOrders.Order memory order = draft(IOrders.Kind.Freeze, address(euro), abi.encode(alice));
        bytes memory signature = signed(OFFICER_KEY, order);
        bytes32 id = orders.idOf(order);
        vm.expectRevert(abi.encodeWithSelector(IOrders.NotProposer.selector, id, approver));
        vm.prank(approver);
        orders.execute(order, signature);
    }

    function test_AloneToo_OnlyOfficersAct() public {
        IOrders.Order memory order = draft(IOrders.Kind.Freeze, address(euro), abi.encode(alice));
        order.proposer = stranger;
        vm.expectRevert(abi.encodeWithSelector(IOrders.MissingRole.selector, stranger, Role.OFFICER));
        vm.prank(stranger);
        orders.execute(order, "");
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
            address(policy),
            order.arguments,
            order.reason,
            order.legalRef
        );
        vm.expectEmit(address(policy));
        emit ILimitPolicy.LimitSet(ILimitPolicy.Scope.Tier, word(1), ILimitPolicy.Window.Day, 1500, 77, id);
        vm.prank(approver);
        orders.execute(order, signature);
        vm.assertTrue(orders.stateOf(id) == IOrders.State.Executed);
    }

    function test_TheProposerNeedsItsRoleAtExecution() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        setRoles(officer, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IOrders.MissingRole.selector, officer, Role.OFFICER));
        vm.prank(approver);
        orders.execute(order, signature);
    }

    function test_TheApproverNeedsItsRoleAtExecution() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        vm.expectRevert(abi.encodeWithSelector(IOrders.MissingRole.selector, administrator, Role.APPROVER));
        vm.prank(administrator);
        orders.execute(order, signature);
        setRoles(approver, person(3), Role.OFFICER);
        vm.expectRevert(abi.encodeWithSelector(IOrders.MissingRole.selector, approver, Role.APPROVER));
        vm.prank(approver);
        orders.execute(order, signature);
    }

    function test_OnePersonIsNotTwo() public {
        // The same wallet with both roles, then a second wallet of the same person.
        setRoles(officer, person(2), Role.OFFICER | Role.APPROVER);
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        bytes32 id = orders.idOf(order);
        vm.expectRevert(abi.encodeWithSelector(IOrders.SamePerson.selector, id, person(2)));
        vm.prank(officer);
        orders.execute(order, signature);
        setRoles(approver, person(2), Role.APPROVER);
        vm.expectRevert(abi.encodeWithSelector(IOrders.SamePerson.selector, id, person(2)));
        vm.prank(approver);
        orders.execute(order, signature);
    }

    function testFuzz_WhatIsExecutedIsWhatWasSigned(uint8 field, uint256 other) public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        bytes32 before = orders.idOf(order);
        field %= 7;
        if (field == 0) order.target = address(uint160(other));
        if (field == 1) order.arguments = abi.encode(other % 3, word(1), 1, other);
        if (field == 2) order.reason = bytes32(other);
        if (field == 3) order.legalRef = bytes32(other);
        if (field == 4) order.nonce = other;
        if (field == 5) order.deadline = uint64(bound64(other));
        if (field == 6) order.proposer = administrator;
        vm.assume(orders.idOf(order) != before);
        vm.expectRevert();
        vm.prank(approver);
        orders.execute(order, signature);
    }

    function test_AWalletContractProposes() public {
        Wallet wallet = new Wallet(officer);
        setRoles(address(wallet), person(9), Role.OFFICER);
        IOrders.Order memory order = limitOrder();
        order.proposer = address(wallet);
        bytes memory forged = signed(ADMINISTRATOR_KEY, order);
        bytes32 id = orders.idOf(order);
        vm.expectRevert(abi.encodeWithSelector(IOrders.BadSignature.selector, id, address(wallet)));
        vm.prank(approver);
        orders.execute(order, forged);

        bytes memory signature = signed(OFFICER_KEY, order);
        vm.prank(approver);
        orders.execute(order, signature);
    }

    /* once, and in time */

    function test_TheDeadlineIsInclusive() public {
        IOrders.Order memory order = limitOrder();
        IOrders.Order memory late = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        bytes memory lateSignature = signed(OFFICER_KEY, late);
        bytes32 id = orders.idOf(late);
        vm.warp(order.deadline);
        vm.prank(approver);
        orders.execute(order, signature);
        vm.warp(late.deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(IOrders.OrderExpired.selector, id, late.deadline));
        vm.prank(approver);
        orders.execute(late, lateSignature);
    }

    function test_AnExecutedOrderIsClosed() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        vm.prank(approver);
        orders.execute(order, signature);
        closed(order, signature, IOrders.State.Executed);
    }

    function test_AFailedDeedLeavesTheOrderOpen() public {
        IOrders.Order memory order = draft(
            IOrders.Kind.DecideKyc,
            address(registry),
            abi.encode(stranger, IIdentityRegistry.Status.Verified, 1, EXPIRY, bytes32(0))
        );
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.UnknownIdentity.selector, stranger));
        vm.prank(officer);
        orders.execute(order, "");
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
        bytes32 id = orders.idOf(order);
        vm.expectEmit(address(orders));
        emit IOrders.OrderRejected(id, officer, approver, person(3), "WHY");
        vm.prank(approver);
        orders.reject(order, signature, "WHY");
        closed(order, signature, IOrders.State.Rejected);
    }

    function test_OnlyASecondPersonRejectsAndOnlyWhatWasProposed() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        bytes memory forged = signed(ADMINISTRATOR_KEY, order);
        bytes32 id = orders.idOf(order);
        vm.expectRevert(abi.encodeWithSelector(IOrders.MissingRole.selector, stranger, Role.APPROVER));
        vm.prank(stranger);
        orders.reject(order, signature, "WHY");
        vm.expectRevert(abi.encodeWithSelector(IOrders.BadSignature.selector, id, officer));
        vm.prank(approver);
        orders.reject(order, forged, "WHY");
        setRoles(approver, person(2), Role.APPROVER);
        vm.expectRevert(abi.encodeWithSelector(IOrders.SamePerson.selector, id, person(2)));
        vm.prank(approver);
        orders.reject(order, signature, "WHY");
    }

    /* what each kind does */

    function test_EachKindDoesItsDeed() public {
        decide(bobId, IIdentityRegistry.Status.Revoked, 3, EXPIRY);
        vm.assertEq(registry.standingOf(bobId).tier, 3);
        together(IOrders.Kind.SetRate, address(policy), abi.encode(euro, 9, 7));
        (uint128 numerator, uint128 denominator) = policy.rateOf(address(euro));
        vm.assertEq(numerator, 9);
        vm.assertEq(denominator, 7);
        freeze(alice);
        together(IOrders.Kind.Unfreeze, address(euro), abi.encode(alice));
        vm.assertFalse(euro.isFrozen(alice));
        together(IOrders.Kind.SetRoles, address(roles), abi.encode(stranger, person(9), 2));
        vm.assertEq(roles.rolesOf(stranger), 2);
        bytes32 id = together(IOrders.Kind.SetSignatures, address(orders), abi.encode(IOrders.Kind.Freeze, 2));
        vm.assertEq(orders.signaturesFor(IOrders.Kind.Freeze), 2);
        vm.assertTrue(id != 0);
    }

    function test_EachKindKnowsItsTarget() public {
        bytes[8] memory arguments = [
            bytes(""),
            abi.encode(aliceId, 2, 1, EXPIRY, 0),
            abi.encode(1, 1, 1, 1),
            abi.encode(euro, 1, 1),
            abi.encode(alice),
            abi.encode(alice),
            abi.encode(stranger, 1, 1),
            abi.encode(1, 1)
        ];
        for (uint256 k = 1; k < 8; ++k) {
            IOrders.Order memory order = draft(IOrders.Kind(k), stranger, arguments[k]);
            bytes memory signature = signed(OFFICER_KEY, order);
            address sender = orders.signaturesFor(IOrders.Kind(k)) == 1 ? officer : approver;
            vm.expectRevert(abi.encodeWithSelector(IOrders.UnknownTarget.selector, k, stranger));
            vm.prank(sender);
            orders.execute(order, signature);
        }
    }

    function test_DirtyBitsAreRefused() public {
        // Twenty-one bytes of address, a status and a window that do not exist.
        dirty(IOrders.Kind.Freeze, address(euro), abi.encode(uint256(uint160(alice)) | 2 ** 160));
        dirty(IOrders.Kind.DecideKyc, address(registry), abi.encode(aliceId, 5, 1, EXPIRY, 0));
        dirty(IOrders.Kind.DecideKyc, address(registry), abi.encode(aliceId, 2, 257, EXPIRY, 0));
        dirty(IOrders.Kind.SetLimit, address(policy), abi.encode(1, 1, 4, 1));
        dirty(IOrders.Kind.SetRate, address(policy), abi.encode(euro, 2 ** 128, 1));
    }

    /* governance */

    function test_AdministratorsMayGovernInPlaceOfOfficerAndApprover() public {
        setRoles(stranger, person(9), Role.ADMINISTRATOR);
        IOrders.Order memory order =
            draft(IOrders.Kind.SetRoles, address(roles), abi.encode(alice, person(10), Role.OFFICER));
        order.proposer = administrator;
        bytes memory signature = signed(ADMINISTRATOR_KEY, order);
        vm.prank(stranger);
        orders.execute(order, signature);
        vm.assertEq(roles.rolesOf(alice), Role.OFFICER);

        // But not in anything else.
        order = limitOrder();
        order.proposer = administrator;
        signature = signed(ADMINISTRATOR_KEY, order);
        vm.expectRevert(abi.encodeWithSelector(IOrders.MissingRole.selector, administrator, Role.OFFICER));
        vm.prank(approver);
        orders.execute(order, signature);
    }

    function test_GovernanceAlwaysNeedsTwo() public {
        badSignatures(IOrders.Kind.SetRoles, 1);
        badSignatures(IOrders.Kind.SetSignatures, 1);
        badSignatures(IOrders.Kind.SetLimit, 0);
        badSignatures(IOrders.Kind.SetLimit, 3);
    }

    function test_TheTableMovesBothWays() public {
        together(IOrders.Kind.SetSignatures, address(orders), abi.encode(IOrders.Kind.Freeze, 2));
        IOrders.Order memory order = draft(IOrders.Kind.Freeze, address(euro), abi.encode(alice));
        vm.expectRevert(abi.encodeWithSelector(IOrders.MissingRole.selector, officer, Role.APPROVER));
        vm.prank(officer);
        orders.execute(order, "");
        together(IOrders.Kind.SetSignatures, address(orders), abi.encode(IOrders.Kind.Freeze, 1));
        vm.prank(officer);
        orders.execute(order, "");
    }

    function test_TheLastAdministratorCannotBeOrderedAway() public {
        IOrders.Order memory order =
            draft(IOrders.Kind.SetRoles, address(roles), abi.encode(administrator, person(1), 0));
        bytes memory signature = signed(OFFICER_KEY, order);
        vm.expectRevert(abi.encodeWithSelector(IRoles.LastAdministrator.selector, administrator));
        vm.prank(approver);
        orders.execute(order, signature);
    }

    /* HELPERS */

    function limitOrder() internal returns (IOrders.Order memory) {
        return draft(
            IOrders.Kind.SetLimit,
            address(policy),
            abi.encode(ILimitPolicy.Scope.Tier, word(1), ILimitPolicy.Window.Day, 77)
        );
    }

    function setRoles(address account, bytes32 who, uint256 what) internal {
        vm.prank(address(orders));
        roles.setRoles(account, who, what, 0);
    }

    function closed(IOrders.Order memory order, bytes memory signature, IOrders.State state) internal {
        bytes memory refused = abi.encodeWithSelector(IOrders.OrderClosed.selector, orders.idOf(order), state);
        vm.expectRevert(refused);
        vm.prank(approver);
        orders.execute(order, signature);
        vm.expectRevert(refused);
        vm.prank(officer);
        orders.cancel(order);
        vm.expectRevert(refused);
        vm.prank(approver);
        orders.reject(order, signature, 0);
    }

    function dirty(IOrders.Kind kind, address target, bytes memory arguments) internal {
        IOrders.Order memory order = draft(kind, target, arguments);
        bytes memory signature = signed(OFFICER_KEY, order);
        address sender = orders.signaturesFor(kind) == 1 ? officer : approver;
        vm.expectRevert();
        vm.prank(sender);
        orders.execute(order, signature);
    }

    function badSignatures(IOrders.Kind kind, uint8 signatures) internal {
        IOrders.Order memory order = draft(IOrders.Kind.SetSignatures, address(orders), abi.encode(kind, signatures));
        bytes memory signature = signed(OFFICER_KEY, order);
        vm.expectRevert(abi.encodeWithSelector(IOrders.BadSignatures.selector, signatures));
        vm.prank(approver);
        orders.execute(order, signature);
    }

    function bound64(uint256 x) internal view returns (uint256) {
        return block.timestamp + x % 365 days;
    }

    function domain() internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Plimsoll Orders"),
                keccak256("1"),
                block.chainid,
                address(orders)
            )
        );
    }
}

/// @dev A contract wallet of one owner (ERC-1271).
contract Wallet {
    address private immutable _OWNER;

    constructor(address owner) {
        _OWNER = owner;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        address signer = ecrecover(hash, uint8(signature[64]), bytes32(signature[:32]), bytes32(signature[32:64]));
        return signer == _OWNER ? this.isValidSignature.selector : bytes4(0);
    }
}
