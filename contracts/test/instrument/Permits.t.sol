// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {
    ERC20PermitUpgradeable
} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC20PermitUpgradeable.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {Instrument} from "../../src/Instrument.sol";
import {LedgerTest} from "../Ledger.sol";

/// @dev What is no permit of the holder, for this instrument, on this chain, now and for the first time.
contract PermitsTest is LedgerTest {
    uint256 private constant _KEY = 0x401de4;
    uint256 private constant _ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    address internal holder = vm.addr(_KEY);
    uint256 internal deadline = START + 1 days;

    function test_APermitIsGoodUntilItsDeadline() public {
        (uint8 v, bytes32 r, bytes32 s) = signedFor(euro);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(ERC20PermitUpgradeable.ERC2612ExpiredSignature.selector, deadline));
        euro.permit(holder, stranger, 5, deadline, v, r, s);
        vm.warp(deadline);
        euro.permit(holder, stranger, 5, deadline, v, r, s);
        vm.assertEq(euro.allowance(holder, stranger), 5);
    }

    function test_AReplayedPermitIsRefused() public {
        (uint8 v, bytes32 r, bytes32 s) = signedFor(euro);
        euro.permit(holder, stranger, 5, deadline, v, r, s);
        refusedAsNotTheHolders(digest(euro), v, r, s);
    }

    function test_AMalleablePermitIsRefused() public {
        (uint8 v, bytes32 r, bytes32 s) = signedFor(euro);
        bytes32 twin = bytes32(_ORDER - uint256(s));
        vm.expectRevert(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, twin));
        euro.permit(holder, stranger, 5, deadline, v == 27 ? 28 : 27, r, twin);
    }

    function test_APermitForAnotherInstrumentIsRefused() public {
        (uint8 v, bytes32 r, bytes32 s) = signedFor(pound);
        refusedAsNotTheHolders(digest(euro), v, r, s);
    }

    function test_APermitForAnotherChainIsRefused() public {
        (uint8 v, bytes32 r, bytes32 s) = signedFor(euro);
        vm.chainId(block.chainid + 1);
        refusedAsNotTheHolders(digest(euro), v, r, s);
    }

    function test_NobodyIsNeitherSpenderNorOwner() public {
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidSpender.selector, address(0)));
        vm.prank(holder);
        euro.approve(address(0), 1);
        // Of the zero address even nothing cannot be spent.
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidApprover.selector, address(0)));
        vm.prank(stranger);
        euro.transferFrom(address(0), holder, 0);
    }

    /* HELPERS */

    /// @dev The signature recovers somebody of this digest, who is named.
    function refusedAsNotTheHolders(bytes32 of_, uint8 v, bytes32 r, bytes32 s) internal {
        address signer = ecrecover(of_, v, r, s);
        vm.assertTrue(signer != holder);
        vm.expectRevert(abi.encodeWithSelector(ERC20PermitUpgradeable.ERC2612InvalidSigner.selector, signer, holder));
        euro.permit(holder, stranger, 5, deadline, v, r, s);
    }

    function signedFor(Instrument instrument) internal view returns (uint8, bytes32, bytes32) {
        return vm.sign(_KEY, digest(instrument));
    }

    function digest(Instrument instrument) internal view returns (bytes32) {
        bytes32 typed = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        uint256 nonce = instrument.nonces(holder);
        bytes32 struct_ = keccak256(abi.encode(typed, holder, stranger, 5, nonce, deadline));
        return keccak256(abi.encodePacked(hex"1901", instrument.DOMAIN_SEPARATOR(), struct_));
    }
}
