// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Preapproval} from "../../src/modules/Preapproval.sol";
import {Codes} from "../../src/interfaces/IVerdict.sol";
import {bound} from "../Test.sol";
import {ModuleTest} from "./ModuleTest.sol";

contract PreapprovalTest is ModuleTest {
    uint64 internal constant LATER = uint64(START + 1 hours);
    Preapproval internal module;

    function setUp() public override {
        super.setUp();
        module = new Preapproval(roles);
        issueUnder(address(module));
        module.bindInstrument(address(bond));
        mint(bond, alice, 100);
    }

    function test_BindsOneInstrumentBeforeItsFirstUnit() public {
        bindsOnceBeforeTheFirstUnit(new Preapproval(roles));
        onlyTheBoundInstrumentsComplianceCounts(module);
    }

    function test_OnlyOrdersApproves() public {
        notOrders(address(module), abi.encodeCall(module.approve, (alice, bob, 1, LATER, "id")));
        vm.expectEmit(address(module));
        emit Preapproval.TransferApproved(alice, bob, 1, LATER, "id");
        approve(alice, bob, 1, LATER);
        vm.assertEq(module.approvedUntil(alice, bob, 1), LATER);
    }

    function test_AnApprovalIsConsumed() public {
        refused(alice, bob, 10, Codes.NOT_PREAPPROVED, 0, word(alice));
        approve(alice, bob, 10, LATER);
        allowed(alice, bob, 10, 10);
        vm.expectEmit(address(module));
        emit Preapproval.ApprovalConsumed(alice, bob, 10);
        send(bond, alice, bob, 10);
        vm.assertEq(module.approvedUntil(alice, bob, 10), 0);
        refused(alice, bob, 10, Codes.NOT_PREAPPROVED, 0, word(alice));
    }

    function test_IsForTheseAccountsAndThisAmount() public {
        approve(alice, bob, 10, LATER);
        mint(bond, bob, 10);
        refused(alice, bob, 9, Codes.NOT_PREAPPROVED, 0, word(alice));
        refused(alice, bob, 11, Codes.NOT_PREAPPROVED, 0, word(alice));
        refused(bob, alice, 10, Codes.NOT_PREAPPROVED, 0, word(bob));
        refused(alice, alice2, 10, Codes.NOT_PREAPPROVED, 0, word(alice));
    }

    function test_LapsesAtItsExpiry() public {
        vm.expectRevert(abi.encodeWithSelector(Preapproval.ExpiryPassed.selector, START));
        approve(alice, bob, 10, uint64(START));
        approve(alice, bob, 10, LATER);
        vm.warp(LATER - 1);
        allowed(alice, bob, 10, 10);
        vm.warp(LATER);
        refused(alice, bob, 10, Codes.NOT_PREAPPROVED, 0, word(alice));
    }

    function test_IsTakenBack() public {
        approve(alice, bob, 10, LATER);
        approve(alice, bob, 10, 0);
        refused(alice, bob, 10, Codes.NOT_PREAPPROVED, 0, word(alice));
    }

    function test_ApprovingAgainIsNotASecondApproval() public {
        approve(alice, bob, 10, LATER);
        approve(alice, bob, 10, LATER + 1);
        send(bond, alice, bob, 10);
        refused(alice, bob, 10, Codes.NOT_PREAPPROVED, 0, word(alice));
    }

    function test_NothingMintBurnAndForceNeedNone() public {
        send(bond, alice, bob, 0);
        mint(bond, bob, 5);
        burn(bob, 5);
        approve(alice, bob, 3, LATER);
        force(alice, bob, 3);
        vm.assertEq(module.approvedUntil(alice, bob, 3), LATER); // what an officer takes consumes nothing
    }

    /// @dev Any sequence: as many transfers pass as there were approvals standing, none twice.
    function testFuzz_EachApprovalLetsOneTransferPass(uint8[24] calldata acts, uint8[24] calldata pauses) public {
        uint64[3] memory until;
        for (uint256 i; i < 24; ++i) {
            uint256 amount = 1 + acts[i] % 3;
            if (acts[i] / 3 % 2 == 0) {
                until[amount - 1] = uint64(block.timestamp + bound(pauses[i], 1, 60));
                approve(alice, bob, amount, until[amount - 1]);
            } else {
                vm.prank(alice);
                (bool done,) = address(bond).call(abi.encodeCall(bond.transfer, (bob, amount)));
                vm.assertTrue(done == (block.timestamp < until[amount - 1]));
                if (done) until[amount - 1] = 0;
            }
            vm.warp(block.timestamp + pauses[i] % 40);
        }
    }

    function approve(address from, address to, uint256 amount, uint64 expiresAt) internal {
        vm.prank(address(orders));
        module.approve(from, to, amount, expiresAt, "id");
    }
}
