// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {IERC3643} from "../src/interfaces/IERC3643.sol";
import {IInstrument} from "../src/interfaces/IInstrument.sol";
import {Codes, Verdict} from "../src/interfaces/IVerdict.sol";
import {LedgerTest} from "./Ledger.sol";
import {bound} from "./Test.sol";

contract InstrumentTest is LedgerTest {
    uint256 internal constant HOLDER_KEY = 0x401de4;
    address internal holder = vm.addr(HOLDER_KEY);
    address internal holderId = address(0x1de);

    function setUp() public override {
        super.setUp();
        mint(euro, alice, 10_000);
    }

    function test_SaysWhatItIs() public view {
        vm.assertEq(euro.name(), "Euro");
        vm.assertEq(euro.symbol(), "EUR");
        vm.assertEq(euro.decimals(), 2);
        vm.assertEq(euro.identityRegistry(), address(registry));
        vm.assertEq(euro.compliance(), address(compliance));
    }

    /* mint, burn */

    function test_OnlyAnIssuerMintsAndBurns() public {
        bytes memory denied = abi.encodeWithSelector(IInstrument.NotIssuer.selector, administrator);
        vm.expectRevert(denied);
        vm.prank(administrator);
        euro.mint(alice, 1);
        vm.expectRevert(denied);
        vm.prank(administrator);
        euro.burn(alice, 1);
    }

    function test_MintsAndBurns() public {
        mint(euro, alice2, 5);
        vm.prank(issuer);
        euro.burn(alice, 1000);
        vm.assertEq(euro.totalSupply(), 9005);
        vm.assertEq(euro.balanceOf(alice), 9000);
    }

    function test_AMintIsRefusedAsATransferWouldBe() public {
        refusedMint(stranger, 1, Codes.RECIPIENT_UNKNOWN, 0, word(stranger));
        refusedMint(bob, 100_001, Codes.BALANCE_LIMIT, 100_000, word(1));
        suspend(bobId);
        refusedMint(bob, 1, Codes.RECIPIENT_NOT_VERIFIED, 0, word(bobId));
        freeze(alice);
        refusedMint(alice, 1, Codes.RECIPIENT_FROZEN, 0, word(alice));
        vm.warp(EXPIRY);
        refusedMint(carol, 1, Codes.RECIPIENT_EXPIRED, 0, word(carolId));
    }

    function test_ABurnAsksTheHoldersStandingAndBalance() public {
        refusedBurn(stranger, 1, Codes.SENDER_UNKNOWN, 0, word(stranger));
        refusedBurn(alice, 10_001, Codes.BALANCE, 10_000, word(alice));
        suspend(aliceId);
        refusedBurn(alice, 1, Codes.SENDER_NOT_VERIFIED, 0, word(aliceId));
        verify(aliceId, 1);
        freeze(alice);
        refusedBurn(alice, 1, Codes.SENDER_FROZEN, 0, word(alice));
    }

    /* setAddressFrozen */

    function test_OnlyOrdersFreezes() public {
        vm.expectRevert(abi.encodeWithSelector(IInstrument.NotOrders.selector, officer));
        vm.prank(officer);
        euro.setAddressFrozen(alice, true);
    }

    function test_FreezesOneAccountOfOneInstrument() public {
        vm.expectEmit(address(euro));
        emit IERC3643.AddressFrozen(alice, true, address(orders));
        freeze(alice);
        vm.assertTrue(euro.isFrozen(alice));
        vm.assertFalse(euro.isFrozen(alice2));
        vm.assertFalse(pound.isFrozen(alice));
    }

    /* verdict, in the order of its checks */

    function test_EveryReasonIsFoundInItsOrder() public {
        // From the last check to the first, each reason is laid over the ones before it.
        refused(alice, bob, 1001, Codes.TRANSFER_LIMIT, address(policy), 1000, word(1));
        refused(alice, bob, 10_001, Codes.BALANCE, address(euro), 10_000, word(alice));
        suspend(bobId);
        refused(alice, bob, 10_001, Codes.RECIPIENT_NOT_VERIFIED, address(euro), 0, word(bobId));
        suspend(aliceId);
        refused(alice, bob, 10_001, Codes.SENDER_NOT_VERIFIED, address(euro), 0, word(aliceId));
        freeze(bob);
        refused(alice, bob, 10_001, Codes.RECIPIENT_FROZEN, address(euro), 0, word(bob));
        freeze(alice);
        refused(alice, bob, 10_001, Codes.SENDER_FROZEN, address(euro), 0, word(alice));
    }

    function test_UnknownAndExpiredPartiesAreRefused() public {
        refused(stranger, bob, 0, Codes.SENDER_UNKNOWN, address(euro), 0, word(stranger));
        refused(alice, stranger, 0, Codes.RECIPIENT_UNKNOWN, address(euro), 0, word(stranger));
        refused(alice, address(0), 1, Codes.RECIPIENT_UNKNOWN, address(euro), 0, 0);
        decide(bobId, IIdentityRegistry.Status.Verified, 1, uint64(START + 60));
        vm.warp(START + 60);
        refused(alice, bob, 1, Codes.RECIPIENT_EXPIRED, address(euro), 0, word(bobId));
        refused(bob, alice, 1, Codes.SENDER_EXPIRED, address(euro), 0, word(bobId));
    }

    function test_AnAllowedVerdictSaysWhatBinds() public {
        Verdict memory v = euro.verdict(alice, bob, 1);
        vm.assertEq(v.code, Codes.ALLOWED);
        vm.assertEq(v.headroom, 1000);
        vm.assertEq(v.module, address(policy));
        mint(euro, bob, 30);
        v = euro.verdict(bob, alice, 1);
        vm.assertEq(v.headroom, 30);
        vm.assertEq(v.module, address(euro));
        vm.assertEq(v.subject, word(bob));
    }

    function test_ERC1404() public view {
        vm.assertEq(euro.detectTransferRestriction(alice, bob, 1), 0);
        vm.assertEq(euro.detectTransferRestriction(alice, bob, 1001), Codes.TRANSFER_LIMIT);
        uint8[28] memory codes =
            [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 30, 31, 32, 33];
        bytes32 unknown = keccak256(bytes(euro.messageForTransferRestriction(255)));
        vm.assertEq(euro.messageForTransferRestriction(9), euro.messageForTransferRestriction(255));
        for (uint256 i; i < codes.length; ++i) {
            bytes32 message = keccak256(bytes(euro.messageForTransferRestriction(codes[i])));
            vm.assertTrue(message != unknown);
            for (uint256 j; j < i; ++j) {
                vm.assertTrue(message != keccak256(bytes(euro.messageForTransferRestriction(codes[j]))));
            }
        }
    }

    /* transfer, transferFrom, permit */

    function test_AZeroTransferBetweenEligiblePartiesCountsNothing() public {
        send(euro, alice, bob, 0);
        send(euro, alice, bob, 1000);
        vm.assertEq(euro.balanceOf(bob), 1000);
    }

    function test_TransferFromAsksTheSameVerdict() public {
        vm.prank(alice);
        euro.approve(stranger, 5000);
        Verdict memory v = euro.verdict(alice, bob, 1001);
        vm.expectRevert(refusal(alice, bob, 1001, v));
        vm.prank(stranger);
        euro.transferFrom(alice, bob, 1001);
        vm.assertEq(euro.allowance(alice, stranger), 5000); // a refusal consumes nothing

        vm.prank(stranger);
        euro.transferFrom(alice, bob, 1000);
        vm.assertEq(euro.allowance(alice, stranger), 4000);

        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, stranger, 4000, 4001));
        vm.prank(stranger);
        euro.transferFrom(alice, bob, 4001);
    }

    function test_PermitOpensNoWayAround() public {
        enrol(holder, holderId, 1);
        verify(holderId, 1);
        mint(euro, holder, 5000);
        permit(2000, START + 1);
        Verdict memory v = euro.verdict(holder, bob, 1001);
        vm.assertEq(v.code, Codes.TRANSFER_LIMIT);
        vm.expectRevert(refusal(holder, bob, 1001, v));
        vm.prank(stranger);
        euro.transferFrom(holder, bob, 1001);
        vm.prank(stranger);
        euro.transferFrom(holder, bob, 1000);

        suspend(holderId);
        v = euro.verdict(holder, bob, 1);
        vm.assertEq(v.code, Codes.SENDER_NOT_VERIFIED);
        vm.expectRevert(refusal(holder, bob, 1, v));
        vm.prank(stranger);
        euro.transferFrom(holder, bob, 1);
    }

    function test_ASelfTransferMovesAndCountsNothing() public {
        send(euro, alice, alice, 10_000);
        vm.assertEq(euro.balanceOf(alice), 10_000);
        send(euro, alice, bob, 1000);
    }

    /// @dev Whatever the amount, the view and the deed agree, and the headroom is exact.
    function testFuzz_TheVerdictIsTheDeed(uint256 amount, uint256 sent, uint256 after_) public {
        mint(euro, carol, 50_000);
        sent = bound(sent, 0, 1000);
        send(euro, alice, bob, sent);
        vm.warp(START + bound(after_, 0, 40 days));
        uint256 headroom = euro.verdict(alice, bob, 0).headroom;
        vm.assertEq(euro.verdict(alice, bob, headroom).code, Codes.ALLOWED);
        vm.assertTrue(euro.verdict(alice, bob, headroom + 1).code != Codes.ALLOWED);
        amount = bound(amount, 0, 2 * headroom + 2);
        Verdict memory v = euro.verdict(alice, bob, amount);
        vm.prank(alice);
        (bool done, bytes memory answer) = address(euro).call(abi.encodeCall(euro.transfer, (bob, amount)));
        vm.assertTrue(done == (v.code == Codes.ALLOWED));
        if (!done) vm.assertEq(answer, refusal(alice, bob, amount, v));
    }

    /* HELPERS */

    function refused(
        address from,
        address to,
        uint256 amount,
        uint8 code,
        address module,
        uint256 headroom,
        bytes32 subject
    ) internal {
        Verdict memory v = euro.verdict(from, to, amount);
        vm.assertEq(abi.encode(v), abi.encode(Verdict(code, module, headroom, subject)));
        vm.expectRevert(refusal(from, to, amount, v));
        send(euro, from, to, amount);
    }

    function refusedMint(address to, uint256 amount, uint8 code, uint256 headroom, bytes32 subject) internal {
        address module = code == Codes.BALANCE_LIMIT ? address(policy) : address(euro);
        Verdict memory v = Verdict(code, module, headroom, subject);
        vm.assertEq(abi.encode(euro.verdict(address(0), to, amount)), abi.encode(v));
        vm.expectRevert(refusal(address(0), to, amount, v));
        mint(euro, to, amount);
    }

    function refusedBurn(address from, uint256 amount, uint8 code, uint256 headroom, bytes32 subject) internal {
        vm.expectRevert(refusal(from, address(0), amount, Verdict(code, address(euro), headroom, subject)));
        vm.prank(issuer);
        euro.burn(from, amount);
    }

    function suspend(address identity) internal {
        decide(identity, IIdentityRegistry.Status.Suspended, 1, EXPIRY);
    }

    function permit(uint256 amount, uint256 deadline) internal {
        bytes32 typed = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 struct_ = keccak256(abi.encode(typed, holder, stranger, amount, euro.nonces(holder), deadline));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", euro.DOMAIN_SEPARATOR(), struct_));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(HOLDER_KEY, digest);
        euro.permit(holder, stranger, amount, deadline, v, r, s);
    }
}
