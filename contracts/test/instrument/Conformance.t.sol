// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {Instrument} from "../../src/Instrument.sol";
import {IAgentRole} from "../../src/interfaces/IAgentRole.sol";
import {IERC173} from "../../src/interfaces/IERC173.sol";
import {IERC3643} from "../../src/interfaces/IERC3643.sol";
import {IIdentityRegistry} from "../../src/interfaces/IIdentityRegistry.sol";
import {IInstrument} from "../../src/interfaces/IInstrument.sol";
import {bound} from "../Test.sol";
import {InstrumentGround} from "./InstrumentGround.sol";

/// @dev docs/decisions/008-instrument-conformance.md names these.
contract ConformanceTest is InstrumentGround {
    function test_SaysWhichInterfacesItHas() public view {
        bytes4[9] memory ids = [
            bytes4(0x01ffc9a7), // ERC-165
            0x36372b07, // ERC-20
            0xa219a025, // its metadata
            0x9d8ff7da, // ERC-2612
            0x3edbb4c4, // ERC-7943, fungible, final
            0xab84a5c8, // ERC-1404
            0x7f5828d0, // ERC-173
            type(IERC3643).interfaceId,
            type(IAgentRole).interfaceId
        ];
        for (uint256 i; i < ids.length; ++i) {
            vm.assertTrue(euro.supportsInterface(ids[i]));
        }
        vm.assertFalse(euro.supportsInterface(0xffffffff));
    }

    function test_GettersOfERC3643() public view {
        vm.assertEq(euro.version(), "1.0.0");
        vm.assertEq(euro.onchainID(), address(0));
        vm.assertEq(euro.owner(), address(orders));
        vm.assertTrue(euro.isAgent(address(orders)));
        vm.assertTrue(euro.isAgent(issuer));
        vm.assertFalse(euro.isAgent(officer));
        vm.assertFalse(euro.paused());
    }

    function test_WhatIsForLifeIsRefusedByName() public {
        bytes[7] memory calls = [
            abi.encodeCall(IERC3643.setName, ("Other")),
            abi.encodeCall(IERC3643.setSymbol, ("OTH")),
            abi.encodeCall(IERC3643.setOnchainID, (alice)),
            abi.encodeCall(IERC3643.setIdentityRegistry, (alice)),
            abi.encodeCall(IERC173.transferOwnership, (alice)),
            abi.encodeCall(IAgentRole.addAgent, (alice)),
            abi.encodeCall(IAgentRole.removeAgent, (issuer))
        ];
        for (uint256 i; i < calls.length; ++i) {
            ordered();
            (bool done, bytes memory answer) = address(euro).call(calls[i]);
            vm.assertFalse(done);
            vm.assertEq(answer, abi.encodeWithSelector(IInstrument.FunctionRefused.selector, bytes4(calls[i])));
        }
    }

    function test_IsInitialisedOnceAndItsCodeNever() public {
        bytes memory taken = abi.encodeWithSelector(Initializable.InvalidInitialization.selector);
        vm.expectRevert(taken);
        euro.initialize("Other", "OTH", 2, address(compliance), address(0));
        vm.expectRevert(taken);
        code.initialize("Other", "OTH", 2, address(compliance), address(0));
        Instrument fresh = new Instrument(roles, registry);
        vm.expectRevert(taken);
        fresh.initialize("Other", "OTH", 2, address(compliance), address(0));
    }

    /// @dev ERC-7943: never reverts, whatever is asked.
    function testFuzz_QuestionsNeverRevert(address from, address to, uint256 amount) public view {
        euro.canSend(from);
        euro.canReceive(to);
        euro.canTransfer(from, to, amount);
        euro.canTransfer(alice, bob, amount);
    }

    /// @dev ERC-7943: what the three refuse, no transfer does.
    function testFuzz_ATransferNeedsAllThree(uint256 who, uint256 frozen, uint256 amount) public {
        address[4] memory accounts = [alice, bob, carol, stranger];
        (address from, address to) = (accounts[who % 4], accounts[who / 4 % 4]);
        (frozen, amount) = (bound(frozen, 0, 12_000), bound(amount, 0, 12_000));
        hold(alice, frozen);
        if (who % 3 == 0) freeze(bob);
        bool may = euro.canSend(from) && euro.canReceive(to) && euro.canTransfer(from, to, amount);
        vm.prank(from);
        (bool done,) = address(euro).call(abi.encodeCall(euro.transfer, (to, amount)));
        vm.assertTrue(may || !done);
        // The other way round but for the balance, which is not theirs to judge.
        vm.assertTrue(done || !may || amount > euro.balanceOf(from));
    }

    /// @dev Of permissions only: the balance is the token's own business, unless some of it is frozen.
    function test_CanTransferIsNoQuestionOfTheBalance() public {
        vm.assertTrue(euro.canTransfer(bob, alice, 1000));
        hold(bob, 1);
        vm.assertFalse(euro.canTransfer(bob, alice, 1000));
        vm.assertFalse(euro.canTransfer(address(0), alice, 1));
        vm.assertFalse(euro.canTransfer(alice, stranger, 1));
        vm.assertFalse(euro.canTransfer(alice, bob, 1001));
    }

    function test_OneWhoMayNotSendMayNotReceive() public {
        decide(bobId, IIdentityRegistry.Status.Suspended, 1, EXPIRY);
        vm.assertFalse(euro.canSend(bob));
        vm.assertFalse(euro.canReceive(bob));
        vm.assertFalse(euro.canSend(address(0)));
        vm.assertTrue(euro.canSend(alice));
    }

    function test_StorageHasNamesOfItsOwn() public pure {
        slot("plimsoll.storage.Instrument", 0xf5db915783a9f7bef290aaa25f8f7fb05c19a2471aee0162c15d6dbc1e7ac900);
        slot("plimsoll.storage.Holds", 0x951af8edd20cf067bbdd5f7e334ff118df844a1e573b3bf2879858421f74a400);
        slot("plimsoll.storage.Upgrades", 0x3d0d98fe64db4784f4542a0eca76e99b7c07ae48d63ff53bc817653ce270f100);
    }

    function slot(string memory name, bytes32 expected) private pure {
        bytes32 inner = bytes32(uint256(keccak256(bytes(name))) - 1);
        vm.assertEq(keccak256(abi.encode(inner)) & ~bytes32(uint256(0xff)), expected);
    }
}
