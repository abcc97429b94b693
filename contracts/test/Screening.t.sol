// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {Codes, Verdict} from "../src/interfaces/IVerdict.sol";
import {LedgerTest} from "./Ledger.sol";

/// @dev What an order says of an identity beside its KYC standing: a screening hit, a country.
contract ScreeningTest is LedgerTest {
    address internal dave = address(0xdade);
    address internal daveId = address(0x1dd);

    /* setFlag, setCountry */

    function test_OnlyOrdersFlagsAndMoves() public {
        bytes memory refused = abi.encodeWithSelector(IIdentityRegistry.NotOrders.selector, registrar);
        vm.expectRevert(refused);
        vm.prank(registrar);
        registry.setFlag(aliceId, true, 0);
        vm.expectRevert(refused);
        vm.prank(registrar);
        registry.setCountry(aliceId, 276, 0);
    }

    function test_AFlagIsBesideTheKycStanding() public {
        vm.expectEmit(address(registry));
        emit IIdentityRegistry.FlagSet(aliceId, 1, true, "id");
        flag(aliceId, true);
        vm.assertTrue(registry.standing(alice2).flagged);
        vm.assertFalse(registry.isVerified(alice));

        // A new decision does not wash it off.
        verify(aliceId, 2);
        vm.assertFalse(registry.isVerified(alice));
        vm.expectEmit(address(registry));
        emit IIdentityRegistry.FlagSet(aliceId, 1, false, "id");
        flag(aliceId, false);
        vm.assertTrue(registry.isVerified(alice));
        vm.assertEq(registry.standing(alice).tier, 2);
    }

    function test_FlaggingTwiceIsNoMistake() public {
        flag(aliceId, true);
        flag(aliceId, true);
        vm.assertTrue(registry.standing(alice).flagged);
    }

    function test_AFlaggedIdentityNeitherSendsNorReceives() public {
        mint(euro, alice, 100);
        mint(euro, bob, 100);
        flag(aliceId, true);
        bytes memory sends = refusal(alice, bob, 1, own(Codes.SENDER_FLAGGED, aliceId));
        vm.expectRevert(sends);
        send(euro, alice, bob, 1);
        vm.expectRevert(refusal(bob, alice2, 1, own(Codes.RECIPIENT_FLAGGED, aliceId)));
        send(euro, bob, alice2, 1);
        vm.expectRevert(refusal(address(0), alice, 1, own(Codes.RECIPIENT_FLAGGED, aliceId)));
        mint(euro, alice, 1);
        flag(aliceId, false);
        send(euro, alice, bob, 1);
    }

    function test_AnIdentityMovesToAnotherCountry() public {
        vm.expectEmit(address(registry));
        emit IIdentityRegistry.CountryChanged(aliceId, 1, 250, 276, "id");
        vm.prank(address(orders));
        registry.setCountry(aliceId, 276, "id");
        vm.assertEq(registry.investorCountry(alice), 276);
        vm.assertEq(registry.storedInvestorCountry(alice2), 276);
        vm.assertTrue(registry.isVerified(alice));

        // Its further accounts are linked with the country it has now.
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.IdentityOfOtherCountry.selector, aliceId, 276));
        enrol(dave, aliceId, 1);
        vm.prank(registrar);
        registry.register(dave, aliceId, 1, 276);
    }

    function test_RefusesWhatIsNoFlagAndNoMove() public {
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.UnknownIdentity.selector, daveId));
        flag(daveId, true);
        bytes[4] memory refused = [
            abi.encodeWithSelector(IIdentityRegistry.UnknownIdentity.selector, daveId),
            abi.encodeWithSelector(IIdentityRegistry.InvalidCountry.selector, 0),
            abi.encodeWithSelector(IIdentityRegistry.InvalidCountry.selector, 1000),
            abi.encodeWithSelector(IIdentityRegistry.CountryUnchanged.selector, aliceId, 250)
        ];
        uint16[4] memory countries = [uint16(276), 0, 1000, 250];
        for (uint256 i; i < 4; ++i) {
            vm.expectRevert(refused[i]);
            vm.prank(address(orders));
            registry.setCountry(i == 0 ? daveId : aliceId, countries[i], 0);
        }
    }

    /* isVerified */

    /// @dev Status, expiry and flag, each alone, make or break it. Claims have tests of their own.
    function testFuzz_VerifiedIsWhatItsPartsSay(uint8 status, uint32 lasts, bool flagged, uint32 later) public {
        IIdentityRegistry.Status s = IIdentityRegistry.Status(1 + status % 4);
        uint64 expiry = uint64(START + 1 + lasts);
        vm.prank(address(orders));
        registry.decide(aliceId, s, 1, expiry, 0, 0);
        flag(aliceId, flagged);
        vm.warp(START + later);
        bool verified = s == IIdentityRegistry.Status.Verified && START + later < expiry && !flagged;
        vm.assertTrue(registry.isVerified(alice) == verified);
        vm.assertTrue(registry.isVerified(alice2) == verified);
        bool allowed = euro.verdict(address(0), alice, 1).code == Codes.ALLOWED;
        vm.assertTrue(allowed == verified);
    }

    function flag(address identity, bool flagged) internal {
        vm.prank(address(orders));
        registry.setFlag(identity, flagged, "id");
    }

    function own(uint8 code, address subject) internal view returns (Verdict memory) {
        return Verdict(code, address(euro), 0, word(subject));
    }
}
