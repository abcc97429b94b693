// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IClaimIssuer} from "../src/interfaces/IClaimIssuer.sol";
import {IClaimTopicsRegistry} from "../src/interfaces/IClaimTopicsRegistry.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {ITrust} from "../src/interfaces/ITrust.sol";
import {ITrustedIssuersRegistry} from "../src/interfaces/ITrustedIssuersRegistry.sol";
import {Parrot} from "./claims/Claimants.sol";
import {LedgerTest} from "./Ledger.sol";

contract TrustTest is LedgerTest {
    address internal first;
    address internal second;
    mapping(address issuer => mapping(uint256 topic => bool)) private _ghost;

    function setUp() public override {
        super.setUp();
        first = address(new Parrot(""));
        second = address(new Parrot(""));
    }

    /* setTrustedIssuer */

    function test_OnlyOrdersTrusts() public {
        bytes memory refused = abi.encodeWithSelector(IIdentityRegistry.NotOrders.selector, administrator);
        vm.expectRevert(refused);
        vm.prank(administrator);
        registry.setTrustedIssuer(first, 1, true, 0);
        vm.expectRevert(refused);
        vm.prank(administrator);
        registry.setClaimTopic(1, true, 0);
    }

    function test_TrustIsToldInOurWordsAndTheStandards() public {
        vm.expectEmit(address(registry));
        emit ITrustedIssuersRegistry.TrustedIssuerAdded(IClaimIssuer(first), topics(1, 0));
        vm.expectEmit(address(registry));
        emit ITrust.TrustedIssuerSet(first, 1, true, "id");
        trust(first, 1, true);
        vm.expectEmit(address(registry));
        emit ITrustedIssuersRegistry.ClaimTopicsUpdated(IClaimIssuer(first), topics(1, 2));
        trust(first, 2, true);
        vm.expectEmit(address(registry));
        emit ITrustedIssuersRegistry.ClaimTopicsUpdated(IClaimIssuer(first), topics(2, 0));
        vm.expectEmit(address(registry));
        emit ITrust.TrustedIssuerSet(first, 1, false, "id");
        trust(first, 1, false);
        vm.expectEmit(address(registry));
        emit ITrustedIssuersRegistry.TrustedIssuerRemoved(IClaimIssuer(first));
        trust(first, 2, false);
    }

    function test_RefusesWhatIsNoChangeOfTrust() public {
        refuse(abi.encodeWithSelector(ITrust.ZeroTopic.selector), first, 0, true);
        refuse(abi.encodeWithSelector(ITrust.NotContract.selector, stranger), stranger, 1, true);
        refuse(abi.encodeWithSelector(ITrust.NotContract.selector, 0), address(0), 1, true);
        refuse(abi.encodeWithSelector(ITrust.UnknownIssuer.selector, first, 1), first, 1, false);
        trust(first, 1, true);
        refuse(abi.encodeWithSelector(ITrust.IssuerTaken.selector, first, 1), first, 1, true);
        refuse(abi.encodeWithSelector(ITrust.UnknownIssuer.selector, first, 2), first, 2, false);
        refuse(abi.encodeWithSelector(ITrust.UnknownIssuer.selector, second, 1), second, 1, false);
    }

    function test_AnIssuerHasAtMostFifteenTopics() public {
        for (uint256 topic = 1; topic <= 15; ++topic) {
            trust(first, topic, true);
        }
        refuse(abi.encodeWithSelector(ITrust.TooManyTopics.selector, 15), first, 16, true);
        trust(first, 3, false);
        trust(first, 16, true);
        vm.assertEq(registry.getTrustedIssuerClaimTopics(IClaimIssuer(first)).length, 15);
    }

    function test_IssuersAreAtMostFifty() public {
        trust(first, 1, true);
        for (uint256 i = 1; i < 50; ++i) {
            trust(address(new Parrot("")), 1, true);
        }
        refuse(abi.encodeWithSelector(ITrust.TooManyIssuers.selector, 50), second, 1, true);
        refuse(abi.encodeWithSelector(ITrust.TooManyIssuers.selector, 50), second, 2, true);
        trust(first, 1, false);
        trust(second, 1, true);
        vm.assertEq(registry.getTrustedIssuers().length, 50);
        vm.assertEq(registry.getTrustedIssuersForClaimTopic(1).length, 50);
    }

    /// @dev Removals swap: after any history no list forgets, repeats or keeps an entry.
    function testFuzz_TheListsAreOneRelation(uint8[48] memory acts) public {
        address[4] memory issuers = [first, second, address(new Parrot("")), address(new Parrot(""))];
        for (uint256 i; i < acts.length; ++i) {
            (address who, uint256 topic) = (issuers[acts[i] % 4], 1 + acts[i] / 4 % 4);
            trust(who, topic, !_ghost[who][topic]);
            _ghost[who][topic] = !_ghost[who][topic];
        }
        uint256 trusted;
        uint256[5] memory byTopic;
        for (uint256 i; i < 4; ++i) {
            uint256 count;
            for (uint256 topic = 1; topic <= 4; ++topic) {
                bool is_ = _ghost[issuers[i]][topic];
                vm.assertTrue(registry.hasClaimTopic(issuers[i], topic) == is_);
                vm.assertTrue(among(registry.getTrustedIssuersForClaimTopic(topic), issuers[i]) == is_);
                if (is_) (++count, ++byTopic[topic]);
            }
            vm.assertEq(registry.getTrustedIssuerClaimTopics(IClaimIssuer(issuers[i])).length, count);
            vm.assertTrue(registry.isTrustedIssuer(issuers[i]) == (count != 0));
            vm.assertTrue(among(registry.getTrustedIssuers(), issuers[i]) == (count != 0));
            if (count != 0) ++trusted;
        }
        vm.assertEq(registry.getTrustedIssuers().length, trusted);
        for (uint256 topic = 1; topic <= 4; ++topic) {
            vm.assertEq(registry.getTrustedIssuersForClaimTopic(topic).length, byTopic[topic]);
        }
    }

    /* setClaimTopic */

    function test_ATopicIsToldInOurWordsAndTheStandards() public {
        trust(first, 1, true);
        vm.expectEmit(address(registry));
        emit IClaimTopicsRegistry.ClaimTopicAdded(1);
        vm.expectEmit(address(registry));
        emit ITrust.ClaimTopicSet(1, true, "id");
        require_(1, true);
        vm.assertEq(abi.encode(registry.getClaimTopics()), abi.encode(topics(1, 0)));
        vm.expectEmit(address(registry));
        emit IClaimTopicsRegistry.ClaimTopicRemoved(1);
        vm.expectEmit(address(registry));
        emit ITrust.ClaimTopicSet(1, false, "id");
        require_(1, false);
        vm.assertEq(registry.getClaimTopics().length, 0);
    }

    function test_RefusesWhatIsNoChangeOfTopics() public {
        refuseTopic(abi.encodeWithSelector(ITrust.ZeroTopic.selector), 0, true);
        refuseTopic(abi.encodeWithSelector(ITrust.UnknownTopic.selector, 1), 1, false);
        // Nobody could show such a claim: everybody would be ineligible at once.
        refuseTopic(abi.encodeWithSelector(ITrust.TopicWithoutIssuer.selector, 1), 1, true);
        trust(first, 1, true);
        require_(1, true);
        refuseTopic(abi.encodeWithSelector(ITrust.TopicTaken.selector, 1), 1, true);
        // The last issuer of a required topic may still go: a stolen key must not stay trusted.
        trust(first, 1, false);
        vm.assertFalse(registry.isVerified(alice));
    }

    function test_TopicsAreAtMostFifteen() public {
        trust(second, 16, true);
        for (uint256 topic = 1; topic <= 15; ++topic) {
            trust(first, topic, true);
            require_(topic, true);
        }
        refuseTopic(abi.encodeWithSelector(ITrust.TooManyTopics.selector, 15), 16, true);
        require_(1, false);
        require_(16, true);
        vm.assertEq(registry.getClaimTopics().length, 15);
    }

    /* the standard's own writes */

    function test_NobodyGoesAroundAnOrder() public {
        vm.prank(administrator);
        vm.expectRevert(abi.encodeWithSelector(ITrust.OnlyByOrder.selector, registry.addClaimTopic.selector, 1));
        registry.addClaimTopic(1);
        vm.expectRevert(abi.encodeWithSelector(ITrust.OnlyByOrder.selector, registry.removeClaimTopic.selector, 1));
        registry.removeClaimTopic(1);
        vm.expectRevert(abi.encodeWithSelector(ITrust.OnlyByOrder.selector, registry.addTrustedIssuer.selector, first));
        registry.addTrustedIssuer(IClaimIssuer(first), topics(1, 2));
        vm.expectRevert(
            abi.encodeWithSelector(ITrust.OnlyByOrder.selector, registry.removeTrustedIssuer.selector, first)
        );
        registry.removeTrustedIssuer(IClaimIssuer(first));
        vm.expectRevert(
            abi.encodeWithSelector(ITrust.OnlyByOrder.selector, registry.updateIssuerClaimTopics.selector, first)
        );
        registry.updateIssuerClaimTopics(IClaimIssuer(first), topics(1, 2));
    }

    /* DEEDS */

    function trust(address issuer_, uint256 topic, bool trusted) internal {
        vm.prank(address(orders));
        registry.setTrustedIssuer(issuer_, topic, trusted, "id");
    }

    function require_(uint256 topic, bool required) internal {
        vm.prank(address(orders));
        registry.setClaimTopic(topic, required, "id");
    }

    function refuse(bytes memory error_, address issuer_, uint256 topic, bool trusted) internal {
        vm.expectRevert(error_);
        trust(issuer_, topic, trusted);
    }

    function refuseTopic(bytes memory error_, uint256 topic, bool required) internal {
        vm.expectRevert(error_);
        require_(topic, required);
    }

    function topics(uint256 one, uint256 two) internal pure returns (uint256[] memory list) {
        list = new uint256[](two == 0 ? 1 : 2);
        list[0] = one;
        if (two != 0) list[1] = two;
    }

    function among(IClaimIssuer[] memory list, address one) internal pure returns (bool found) {
        for (uint256 i; i < list.length; ++i) {
            if (address(list[i]) != one) continue;
            require(!found, "twice");
            found = true;
        }
    }
}
