// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Role} from "../src/Roles.sol";
import {IClaimIssuer} from "../src/interfaces/IClaimIssuer.sol";
import {ILimitPolicy} from "../src/interfaces/ILimitPolicy.sol";
import {IOrders} from "../src/interfaces/IOrders.sol";
import {IRoles} from "../src/interfaces/IRoles.sol";
import {Codes} from "../src/interfaces/IVerdict.sol";
import {ClaimHolder, Vouch} from "./claims/Claimants.sol";
import {OrdersGround} from "./OrdersGround.sol";
import {Vm} from "./Test.sol";

/// @dev What other suites got wrong around the token, each under its name. Those of the token: instrument/Traps.t.sol.
contract SuiteTrapsTest is OrdersGround {
    /// @dev Nothing else brings it to the last administrator: there is no function to renounce a role.
    function test_Trap_TheLastAdministratorCannotRenounce() public {
        IOrders.Order memory order =
            draft(IOrders.Kind.SetRoles, address(roles), abi.encode(administrator, person(1), uint256(Role.OFFICER)));
        order.proposer = administrator;
        bytes memory signature = signed(ADMINISTRATOR_KEY, order);
        refused(abi.encodeWithSelector(IRoles.LastAdministrator.selector, administrator), approver, order, signature);
        setRoles(stranger, person(9), Role.ADMINISTRATOR);
        execute(approver, order, signature);
        vm.assertEq(roles.rolesOf(administrator), Role.OFFICER);
    }

    /// @dev Signed and sent while both had their roles, carried out after one lost it.
    function test_Trap_ARoleRevokedBeforeExecutionIsGone() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        setRoles(approver, person(3), Role.REGISTRAR);
        refused(missing(approver, Role.APPROVER), approver, order, signature);
        setRoles(approver, person(3), Role.APPROVER);
        setRoles(officer, person(2), Role.REGISTRAR);
        refused(missing(officer, Role.OFFICER), approver, order, signature);
        setRoles(officer, person(2), Role.OFFICER);
        execute(approver, order, signature);
    }

    function test_Trap_OfTwoApproversWhoRaceOneIsTooLate() public {
        setRoles(stranger, person(9), Role.APPROVER);
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        execute(stranger, order, signature);
        closed(order, signature, IOrders.State.Executed);
    }

    function test_Trap_ALimitBelowWhatIsUsedDoesNotUnderflow() public {
        mint(euro, alice, 5000);
        send(euro, alice, bob, 1000);
        bytes32[3] memory subjects = [word(aliceId), word(1), word(1)];
        for (uint256 scope; scope < 3; ++scope) {
            for (uint256 window; window < (scope == 2 ? 3 : 4); ++window) {
                limit(ILimitPolicy.Scope(scope), subjects[scope], ILimitPolicy.Window(window), 7);
            }
        }
        (uint256 room, uint8 code,) = policy.headroom(address(euro), alice);
        vm.assertEq(room, 0);
        vm.assertEq(code, Codes.DAY_LIMIT);
        vm.assertEq(euro.verdict(carol, alice, 0).headroom, 0);
        vm.assertEq(euro.verdict(address(0), alice, 1).code, Codes.BALANCE_LIMIT);
        send(euro, alice, bob, 0);
    }

    /// @dev The issuer's word changes and no contract of this suite says so: the next question finds out.
    function test_Trap_ARevokedClaimIsSilentAndCountsAtOnce() public {
        (ClaimHolder holder, Vouch vouch) = (new ClaimHolder(), new Vouch());
        enrol(stranger, address(holder), 1);
        verify(address(holder), 1);
        mint(euro, stranger, 100);
        holder.addClaim(1, 1, address(vouch), "signature", "data", "");
        vouch.set(address(holder), 1, true);
        together(IOrders.Kind.SetTrustedIssuer, address(registry), abi.encode(vouch, 1, true));
        together(IOrders.Kind.SetClaimTopic, address(registry), abi.encode(1, true));
        send(euro, stranger, stranger, 1);

        vm.recordLogs();
        vouch.set(address(holder), 1, false);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 0);
        vm.assertFalse(registry.isVerified(stranger));
        vm.assertEq(euro.detectTransferRestriction(stranger, stranger, 1), Codes.SENDER_CLAIM);
    }

    /// @dev Whichever of a topic's issuers is taken out, the others stay once each, and it may come back. A compliance
    /// has no removal: its modules are in its code.
    function test_Trap_ARemovalLeavesNoStaleIndex() public {
        for (uint256 i; i < 3; ++i) {
            trust(address(new Vouch()), true);
        }
        for (uint256 out; out < 3; ++out) {
            address gone = address(registry.getTrustedIssuersForClaimTopic(1)[out]);
            trust(gone, false);
            IClaimIssuer[] memory left = registry.getTrustedIssuersForClaimTopic(1);
            vm.assertEq(left.length, 2);
            (address first, address second) = (address(left[0]), address(left[1]));
            vm.assertTrue(first != second && first != gone && second != gone);
            trust(gone, true);
            vm.assertEq(address(registry.getTrustedIssuersForClaimTopic(1)[2]), gone);
        }
    }

    function trust(address vouch, bool trusted) internal {
        together(IOrders.Kind.SetTrustedIssuer, address(registry), abi.encode(vouch, 1, trusted));
    }
}
