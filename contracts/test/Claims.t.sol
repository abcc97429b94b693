// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Claims} from "../src/Claims.sol";
import {IIdentity} from "../src/interfaces/IIdentity.sol";
import {ITrust} from "../src/interfaces/ITrust.sol";
import {Codes, Verdict} from "../src/interfaces/IVerdict.sol";
import {ClaimHolder, ClaimIssuer, Hostile, Parrot, Slow} from "./claims/Claimants.sol";
import {LedgerTest} from "./Ledger.sol";

contract ClaimsTest is LedgerTest {
    uint256 internal constant ATTESTER_KEY = 0xa77e;
    uint256 internal constant OTHER_KEY = 0x07e4;
    uint256 internal constant TOPIC = 7;
    uint256 internal constant SECOND_TOPIC = 8;
    uint256 internal constant WAYS = 12;
    bytes internal constant DATA = "hash of a document";

    address internal dave = address(0xdade);
    ClaimHolder internal daveId;
    ClaimIssuer internal attester;
    ClaimIssuer internal other;

    function setUp() public override {
        super.setUp();
        daveId = new ClaimHolder();
        attester = new ClaimIssuer(vm.addr(ATTESTER_KEY));
        other = new ClaimIssuer(vm.addr(OTHER_KEY));
        enrol(dave, address(daveId), 1);
        verify(address(daveId), 1);
        trust(address(attester), TOPIC, true);
        require_(TOPIC, true);
    }

    /* whether a claim counts */

    function test_WithoutATopicEverybodyHasItsClaims() public {
        vm.assertFalse(claimed(dave));
        vm.assertFalse(claimed(alice));
        require_(TOPIC, false);
        vm.assertTrue(claimed(dave));
        vm.assertTrue(claimed(alice));
        vm.assertFalse(claimed(stranger)); // an account that nobody linked has nothing
    }

    function test_AValidClaimOfATrustedIssuerCounts() public {
        claim(daveId, address(attester), TOPIC, signature(ATTESTER_KEY, daveId, TOPIC));
        vm.assertTrue(claimed(dave));
    }

    function test_ARevokedClaimEndsAtOnce() public {
        bytes memory signed_ = signature(ATTESTER_KEY, daveId, TOPIC);
        claim(daveId, address(attester), TOPIC, signed_);
        mint(euro, dave, 100);
        send(euro, dave, dave, 40);

        attester.revokeClaimBySignature(signed_);
        vm.assertFalse(claimed(dave));
        refusedAs(dave, dave, Codes.SENDER_CLAIM, address(daveId));
    }

    function test_AClaimThatTheHolderRemovedCountsNoMore() public {
        claim(daveId, address(attester), TOPIC, signature(ATTESTER_KEY, daveId, TOPIC));
        daveId.removeClaim(keccak256(abi.encode(attester, TOPIC)));
        vm.assertFalse(claimed(dave));
        vm.assertEq(daveId.getClaimIdsByTopic(TOPIC).length, 0);
    }

    function test_AnIssuerNoLongerTrustedCountsNoMore() public {
        claim(daveId, address(attester), TOPIC, signature(ATTESTER_KEY, daveId, TOPIC));
        trust(address(attester), TOPIC, false);
        vm.assertFalse(claimed(dave));
        trust(address(attester), TOPIC, true);
        vm.assertTrue(claimed(dave));
    }

    function test_AnIssuerTrustedForAnotherTopicDoesNotCount() public {
        trust(address(other), SECOND_TOPIC, true);
        claim(daveId, address(other), TOPIC, signature(OTHER_KEY, daveId, TOPIC));
        vm.assertFalse(claimed(dave));
        trust(address(other), TOPIC, true);
        vm.assertTrue(claimed(dave));
    }

    function test_AClaimOfAnotherTopicDoesNotCount() public {
        claim(daveId, address(attester), SECOND_TOPIC, signature(ATTESTER_KEY, daveId, SECOND_TOPIC));
        vm.assertFalse(claimed(dave));
        // The signature of one topic under the name of another.
        claim(daveId, address(attester), TOPIC, signature(ATTESTER_KEY, daveId, SECOND_TOPIC));
        vm.assertFalse(claimed(dave));
    }

    function test_AWrongSignatureDoesNotCount() public {
        claim(daveId, address(attester), TOPIC, signature(OTHER_KEY, daveId, TOPIC));
        vm.assertFalse(claimed(dave));
        claim(daveId, address(attester), TOPIC, "");
        vm.assertFalse(claimed(dave));
        daveId.addClaim(TOPIC, 1, address(attester), signature(ATTESTER_KEY, daveId, TOPIC), "other data", "");
        vm.assertFalse(claimed(dave));
    }

    function test_TheClaimOfAnotherIdentityDoesNotCount() public {
        ClaimHolder foreign = new ClaimHolder();
        claim(daveId, address(attester), TOPIC, signature(ATTESTER_KEY, foreign, TOPIC));
        vm.assertFalse(claimed(dave));
    }

    function test_AnIdentityWithoutCodeHasNoClaims() public view {
        vm.assertFalse(claimed(alice));
        vm.assertFalse(registry.isVerified(alice));
        refusedAs(alice, bob, Codes.SENDER_CLAIM, aliceId);
        refusedAs(address(0), bob, Codes.RECIPIENT_CLAIM, bobId);
    }

    function test_EachRequiredTopicIsNeeded() public {
        trust(address(other), SECOND_TOPIC, true);
        require_(SECOND_TOPIC, true);
        claim(daveId, address(attester), TOPIC, signature(ATTESTER_KEY, daveId, TOPIC));
        vm.assertFalse(claimed(dave));
        claim(daveId, address(other), SECOND_TOPIC, signature(OTHER_KEY, daveId, SECOND_TOPIC));
        vm.assertTrue(claimed(dave));
        vm.assertTrue(registry.isVerified(dave));
    }

    /* hostile issuers and identities */

    function test_AHostileIssuerIsAClaimThatDoesNotHold() public {
        for (uint256 way; way < WAYS; ++way) {
            Hostile hostile = new Hostile(Hostile.Way(way), address(attester), TOPIC);
            trust(address(hostile), TOPIC, true);
            claim(daveId, address(hostile), TOPIC, signature(ATTESTER_KEY, daveId, TOPIC));
            vm.assertFalse(claimed(dave));
        }
        // None of them keeps an honest issuer from being heard.
        claim(daveId, address(attester), TOPIC, signature(ATTESTER_KEY, daveId, TOPIC));
        vm.assertTrue(claimed(dave));
    }

    function test_AHostileIdentityHasNoClaims() public {
        // An issuer that would call everything valid.
        Parrot yes = new Parrot(abi.encode(true));
        trust(address(yes), TOPIC, true);
        for (uint256 way; way < WAYS; ++way) {
            Hostile hostile = new Hostile(Hostile.Way(way), address(yes), TOPIC);
            address account = address(uint160(0xf00d + way));
            enrol(account, address(hostile), 1);
            verify(address(hostile), 1);
            vm.assertFalse(claimed(account));
            vm.assertFalse(registry.isVerified(account));
        }
        claim(daveId, address(yes), TOPIC, "");
        vm.assertTrue(claimed(dave));
    }

    /// @dev What it answers is judged exactly as the reference would: never a revert.
    function testFuzz_NoAnswerOfAnIdentityPanics(uint256[7] memory words, uint8 cut) public {
        Parrot yes = new Parrot(abi.encode(true));
        trust(address(yes), TOPIC, true);
        (words[0], words[2]) = (TOPIC, uint160(address(yes)));
        words[3] %= 512;
        words[4] %= 512;
        words[6] %= 64;
        bytes memory answer = abi.encode(words);
        assembly {
            mstore(answer, sub(mload(answer), mod(cut, 225)))
        }
        Parrot parrot = new Parrot(answer);
        enrol(dave2(), address(parrot), 1);
        bool inside = answer.length >= 192 && reaches(answer, words[3]) && reaches(answer, words[4]);
        vm.assertTrue(claimed(dave2()) == inside);
    }

    function testFuzz_OnlyTheWordOneIsYes(bytes memory answer) public {
        Parrot parrot = new Parrot(answer);
        trust(address(parrot), TOPIC, true);
        claim(daveId, address(parrot), TOPIC, "");
        bool yes = answer.length >= 32 && answer.length <= 8192 && bytes32(answer) == bytes32(uint256(1));
        vm.assertTrue(claimed(dave) == yes);
        Parrot one = new Parrot(abi.encodePacked(uint256(1), answer));
        trust(address(one), TOPIC, true);
        claim(daveId, address(one), TOPIC, "");
        vm.assertTrue(claimed(dave));
    }

    /* gas */

    function test_TooLittleGasIsNoAnswer() public {
        // An issuer that needs much of what it is given: with less it would seem to say no.
        Slow slow = new Slow(address(attester));
        trust(address(slow), TOPIC, true);
        trust(address(attester), TOPIC, false);
        claim(daveId, address(slow), TOPIC, signature(ATTESTER_KEY, daveId, TOPIC));
        bytes memory question = abi.encodeCall(registry.isVerified, (dave));
        uint256 answers;
        for (uint256 gas_ = 20_000; gas_ < 400_000; gas_ += 5000) {
            (bool done, bytes memory answer) = address(registry).staticcall{gas: gas_}(question);
            // Whoever brings little gas gets no answer, or the right one.
            if (!done) {
                vm.assertTrue(answer.length == 0 || bytes4(answer) == ITrust.TooLittleGas.selector);
                continue;
            }
            vm.assertTrue(abi.decode(answer, (bool)));
            ++answers;
        }
        vm.assertTrue(answers > 10);
    }

    function test_FiftyHostileIssuersCostTheBudgetAtMost() public {
        // A slow identity that has a claim of each.
        Slow slow = new Slow(address(daveId));
        enrol(dave2(), address(slow), 1);
        verify(address(slow), 1);
        for (uint256 i; i < 49; ++i) {
            Hostile hostile = new Hostile(Hostile.Way.BurnGas, address(0), 0);
            trust(address(hostile), TOPIC, true);
            claim(daveId, address(hostile), TOPIC, "");
        }
        uint256 before = gasleft();
        vm.assertFalse(registry.isVerified(dave2()));
        vm.assertLe(before - gasleft(), registry.BUDGET() + 3 * Claims.CALL_GAS, "both questions and what is around");
    }

    function test_WithoutTopicsTwoStandingsReadFiveSlots() public {
        require_(TOPIC, false);
        vm.record();
        registry.sides(alice, carol);
        (bytes32[] memory reads,) = vm.accesses(address(registry));
        uint256 distinct;
        for (uint256 i; i < reads.length; ++i) {
            bool seen;
            for (uint256 j; j < i; ++j) {
                seen = seen || reads[j] == reads[i];
            }
            if (!seen) ++distinct;
        }
        vm.assertEq(distinct, 5);
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

    function claim(ClaimHolder holder, address issuer_, uint256 topic, bytes memory signature_) internal {
        holder.addClaim(topic, 1, issuer_, signature_, DATA, "");
    }

    /// @dev As ONCHAINID signs.
    function signature(uint256 key, IIdentity holder, uint256 topic) internal pure returns (bytes memory) {
        bytes32 hash = keccak256(abi.encode(holder, topic, DATA));
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(key, keccak256(abi.encodePacked("\x19Ethereum Signed Message:\n32", hash)));
        return abi.encodePacked(r, s, v);
    }

    function claimed(address account) internal view returns (bool) {
        return registry.standing(account).claimed;
    }

    function dave2() internal pure returns (address) {
        return address(0xdade2);
    }

    function reaches(bytes memory answer, uint256 offset) internal pure returns (bool) {
        if (offset + 32 > answer.length) return false;
        uint256 length;
        assembly {
            length := mload(add(add(answer, 32), offset))
        }
        return length <= answer.length - 32 - offset;
    }

    function refusedAs(address from, address to, uint8 code, address subject) internal view {
        Verdict memory v = euro.verdict(from, to, 1);
        vm.assertEq(v.code, code);
        vm.assertEq(v.subject, word(subject));
    }
}
