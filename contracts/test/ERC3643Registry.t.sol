// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityRegistry} from "../src/IdentityRegistry.sol";
import {IClaimIssuer} from "../src/interfaces/IClaimIssuer.sol";
import {IClaimTopicsRegistry} from "../src/interfaces/IClaimTopicsRegistry.sol";
import {IERC3643IdentityRegistry} from "../src/interfaces/IERC3643IdentityRegistry.sol";
import {IERC3643IdentityRegistryStorage} from "../src/interfaces/IERC3643IdentityRegistryStorage.sol";
import {IIdentity} from "../src/interfaces/IIdentity.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {ITrust} from "../src/interfaces/ITrust.sol";
import {ITrustedIssuersRegistry} from "../src/interfaces/ITrustedIssuersRegistry.sol";
import {Codes} from "../src/interfaces/IVerdict.sol";
import {LedgerTest} from "./Ledger.sol";
import {Vm} from "./Test.sol";

contract ERC3643RegistryTest is LedgerTest {
    address internal dave = address(0xdade);
    address internal dave2 = address(0xdade2);
    address internal daveId = address(0x1dd);

    /* who and what it is */

    function test_ItIsItsOwnStorageTopicsAndIssuers() public view {
        vm.assertEq(address(registry.identityStorage()), address(registry));
        vm.assertEq(address(registry.topicsRegistry()), address(registry));
        vm.assertEq(address(registry.issuersRegistry()), address(registry));
        address[] memory registries = registry.linkedIdentityRegistries();
        vm.assertEq(registries.length, 1);
        vm.assertEq(registries[0], address(registry));
    }

    function test_ItSaysSoWhenItIsDeployed() public {
        vm.recordLogs();
        IdentityRegistry fresh = new IdentityRegistry(roles);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        bytes32[4] memory signatures = [
            IERC3643IdentityRegistry.ClaimTopicsRegistrySet.selector,
            IERC3643IdentityRegistry.TrustedIssuersRegistrySet.selector,
            IERC3643IdentityRegistry.IdentityStorageSet.selector,
            IERC3643IdentityRegistryStorage.IdentityRegistryBound.selector
        ];
        vm.assertEq(logs.length, 4);
        for (uint256 i; i < 4; ++i) {
            vm.assertEq(logs[i].topics[0], signatures[i]);
            vm.assertEq(logs[i].topics[1], word(address(fresh)));
        }
    }

    function test_OrdersOwnsItAndRegistrarsAreItsAgents() public view {
        vm.assertEq(registry.owner(), address(orders));
        vm.assertTrue(registry.isAgent(registrar));
        vm.assertFalse(registry.isAgent(officer));
        vm.assertFalse(registry.isAgent(administrator));
    }

    function test_ItsViewsSayWhatTheStandingSays() public view {
        vm.assertTrue(registry.contains(alice));
        vm.assertFalse(registry.contains(stranger));
        vm.assertFalse(registry.contains(address(0)));
        vm.assertEq(address(registry.identity(alice2)), aliceId);
        vm.assertEq(address(registry.storedIdentity(alice2)), aliceId);
        vm.assertEq(registry.investorCountry(alice), 250);
        vm.assertEq(registry.storedInvestorCountry(alice), 250);
        vm.assertEq(address(registry.identity(stranger)), address(0));
        vm.assertEq(registry.investorCountry(stranger), 0);
    }

    function test_ItSpeaksTheStandardsSelectors() public view {
        same(registry.registerIdentity.selector, "registerIdentity(address,address,uint16)");
        same(registry.batchRegisterIdentity.selector, "batchRegisterIdentity(address[],address[],uint16[])");
        same(registry.deleteIdentity.selector, "deleteIdentity(address)");
        same(registry.updateIdentity.selector, "updateIdentity(address,address)");
        same(registry.updateCountry.selector, "updateCountry(address,uint16)");
        same(registry.contains.selector, "contains(address)");
        same(registry.isVerified.selector, "isVerified(address)");
        same(registry.identity.selector, "identity(address)");
        same(registry.investorCountry.selector, "investorCountry(address)");
        same(registry.addIdentityToStorage.selector, "addIdentityToStorage(address,address,uint16)");
        same(registry.modifyStoredIdentity.selector, "modifyStoredIdentity(address,address)");
        same(registry.addTrustedIssuer.selector, "addTrustedIssuer(address,uint256[])");
        same(registry.updateIssuerClaimTopics.selector, "updateIssuerClaimTopics(address,uint256[])");
        same(registry.getTrustedIssuersForClaimTopic.selector, "getTrustedIssuersForClaimTopic(uint256)");
        same(registry.getTrustedIssuerClaimTopics.selector, "getTrustedIssuerClaimTopics(address)");
        same(registry.hasClaimTopic.selector, "hasClaimTopic(address,uint256)");
        same(IIdentity.getClaim.selector, "getClaim(bytes32)");
        same(IClaimIssuer.isClaimValid.selector, "isClaimValid(address,uint256,bytes,bytes)");
        sameEvent(IERC3643IdentityRegistry.IdentityRegistered.selector, "IdentityRegistered(address,address)");
        sameEvent(IERC3643IdentityRegistryStorage.IdentityStored.selector, "IdentityStored(address,address)");
        sameEvent(ITrustedIssuersRegistry.TrustedIssuerAdded.selector, "TrustedIssuerAdded(address,uint256[])");
        sameEvent(ITrustedIssuersRegistry.ClaimTopicsUpdated.selector, "ClaimTopicsUpdated(address,uint256[])");
        sameEvent(IClaimTopicsRegistry.ClaimTopicAdded.selector, "ClaimTopicAdded(uint256)");
    }

    function test_OneRegistryServesAllInstruments() public {
        mint(euro, alice, 10);
        mint(pound, alice, 10);
        vm.prank(address(orders));
        registry.setFlag(aliceId, true, "id");
        vm.assertEq(euro.verdict(alice, bob, 1).code, Codes.SENDER_FLAGGED);
        vm.assertEq(pound.verdict(alice, bob, 1).code, Codes.SENDER_FLAGGED);
        vm.assertEq(pound.verdict(bob, alice2, 1).code, Codes.RECIPIENT_FLAGGED);
    }

    /* registerIdentity, batchRegisterIdentity */

    function test_OnlyARegistrarLinks() public {
        bytes memory refused = abi.encodeWithSelector(IIdentityRegistry.NotRegistrar.selector, officer);
        vm.expectRevert(refused);
        vm.prank(officer);
        registry.registerIdentity(dave, IIdentity(aliceId), 250);
        vm.expectRevert(refused);
        vm.prank(officer);
        registry.batchRegisterIdentity(new address[](0), new IIdentity[](0), new uint16[](0));
    }

    function test_LinksAnAccountToAnIdentityThatExists() public {
        vm.expectEmit(address(registry));
        emit IIdentityRegistry.AccountLinked(dave, aliceId, 1);
        vm.expectEmit(address(registry));
        emit IERC3643IdentityRegistryStorage.IdentityStored(dave, IIdentity(aliceId));
        vm.expectEmit(address(registry));
        emit IERC3643IdentityRegistry.IdentityRegistered(dave, IIdentity(aliceId));
        link(dave, aliceId, 250);
        vm.assertTrue(registry.isVerified(dave));
        vm.assertEq(registry.standing(dave).identity, aliceId);
    }

    function test_RefusesWhatItCannotLink() public {
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.UnknownIdentity.selector, daveId));
        link(dave, daveId, 250);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.IdentityOfOtherCountry.selector, aliceId, 250));
        link(dave, aliceId, 276);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.AccountTaken.selector, bob, bobId));
        link(bob, aliceId, 250);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.ZeroAddress.selector, 0, aliceId));
        link(address(0), aliceId, 250);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.ZeroAddress.selector, dave, 0));
        link(dave, address(0), 250);
    }

    function test_ABatchOfLinksIsAllOrNothing() public {
        (address[] memory accounts, IIdentity[] memory identities, uint16[] memory countries) = batch(dave, dave);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.AccountTaken.selector, dave, aliceId));
        vm.prank(registrar);
        registry.batchRegisterIdentity(accounts, identities, countries);
        vm.assertFalse(registry.contains(dave));

        accounts[1] = dave2;
        vm.prank(registrar);
        registry.batchRegisterIdentity(accounts, identities, countries);
        vm.assertTrue(registry.contains(dave) && registry.contains(dave2));
    }

    function test_ABatchOfLinksLosesNoTail() public {
        bytes memory refused = abi.encodeWithSelector(IIdentityRegistry.LengthMismatch.selector, 1, 2);
        vm.expectRevert(refused);
        vm.prank(registrar);
        registry.batchRegisterIdentity(new address[](1), new IIdentity[](2), new uint16[](1));
        vm.expectRevert(refused);
        vm.prank(registrar);
        registry.batchRegisterIdentity(new address[](1), new IIdentity[](1), new uint16[](2));
        refused = abi.encodeWithSelector(IIdentityRegistry.LengthMismatch.selector, 2, 1);
        vm.expectRevert(refused);
        vm.prank(registrar);
        registry.batchRegisterIdentity(new address[](2), new IIdentity[](1), new uint16[](2));
        vm.expectRevert(refused);
        vm.prank(registrar);
        registry.batchRegisterIdentity(new address[](2), new IIdentity[](2), new uint16[](1));
    }

    /* refused, whoever asks */

    function test_AnAccountIsNeverUnlinked() public {
        bytes memory refused = abi.encodeWithSelector(IIdentityRegistry.LinkedForEver.selector, alice, aliceId);
        as_(registrar, refused, abi.encodeCall(registry.deleteIdentity, (alice)));
        as_(registrar, refused, abi.encodeCall(registry.updateIdentity, (alice, IIdentity(bobId))));
        as_(address(orders), refused, abi.encodeCall(registry.removeIdentityFromStorage, (alice)));
        as_(address(orders), refused, abi.encodeCall(registry.modifyStoredIdentity, (alice, IIdentity(bobId))));
    }

    function test_NobodyGoesAroundAnOrder() public {
        byOrder(abi.encodeCall(registry.updateCountry, (alice, 276)), alice);
        byOrder(abi.encodeCall(registry.modifyStoredInvestorCountry, (alice, 276)), alice);
        byOrder(abi.encodeCall(registry.addAgent, (stranger)), stranger);
        byOrder(abi.encodeCall(registry.removeAgent, (registrar)), registrar);
    }

    function test_RegistryAndStorageStayOne() public {
        wired(abi.encodeCall(registry.bindIdentityRegistry, (stranger)));
        wired(abi.encodeCall(registry.unbindIdentityRegistry, (stranger)));
        wired(abi.encodeCall(registry.setIdentityRegistryStorage, (stranger)));
        wired(abi.encodeCall(registry.setClaimTopicsRegistry, (stranger)));
        wired(abi.encodeCall(registry.setTrustedIssuersRegistry, (stranger)));
        wired(abi.encodeCall(registry.transferOwnership, (stranger)));
        as_(
            registrar,
            abi.encodeWithSelector(IIdentityRegistry.NotBoundRegistry.selector, registrar),
            abi.encodeCall(registry.addIdentityToStorage, (dave, IIdentity(aliceId), 250))
        );
    }

    /* DEEDS */

    function same(bytes4 selector, string memory signature) internal pure {
        vm.assertTrue(selector == bytes4(keccak256(bytes(signature))), signature);
    }

    function sameEvent(bytes32 topic, string memory signature) internal pure {
        vm.assertTrue(topic == keccak256(bytes(signature)), signature);
    }

    function link(address account, address identity, uint16 country) internal {
        vm.prank(registrar);
        registry.registerIdentity(account, IIdentity(identity), country);
    }

    function batch(address one, address two)
        internal
        view
        returns (address[] memory accounts, IIdentity[] memory identities, uint16[] memory countries)
    {
        (accounts, identities, countries) = (new address[](2), new IIdentity[](2), new uint16[](2));
        (accounts[0], accounts[1]) = (one, two);
        (identities[0], identities[1]) = (IIdentity(aliceId), IIdentity(aliceId));
        (countries[0], countries[1]) = (250, 250);
    }

    function as_(address caller, bytes memory refused, bytes memory call) internal {
        vm.prank(caller);
        (bool done, bytes memory answer) = address(registry).call(call);
        vm.assertFalse(done);
        vm.assertEq(answer, refused);
    }

    function byOrder(bytes memory call, address subject) internal {
        as_(registrar, abi.encodeWithSelector(ITrust.OnlyByOrder.selector, bytes4(call), subject), call);
        as_(administrator, abi.encodeWithSelector(ITrust.OnlyByOrder.selector, bytes4(call), subject), call);
    }

    function wired(bytes memory call) internal {
        bytes memory refused = abi.encodeWithSelector(IIdentityRegistry.WiredForEver.selector, bytes4(call), stranger);
        as_(administrator, refused, call);
        as_(address(orders), refused, call);
    }
}
