// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IAnchor} from "../src/interfaces/IAnchor.sol";
import {LedgerTest} from "./Ledger.sol";

contract AnchorTest is LedgerTest {
    function test_OnlyAnAnchorerAnchors() public {
        vm.expectRevert(abi.encodeWithSelector(IAnchor.NotAnchorer.selector, administrator));
        vm.prank(administrator);
        anchor.anchorJournal(1, "root");
        vm.expectRevert(abi.encodeWithSelector(IAnchor.NotAnchorer.selector, administrator));
        vm.prank(administrator);
        anchor.anchorReport("hash");
    }

    function test_TheJournalGrows() public {
        vm.expectEmit(address(anchor));
        emit IAnchor.JournalAnchored(5, "five");
        journal(5, "five");
        journal(6, "six");
        (uint256 size, bytes32 root) = anchor.latest();
        vm.assertEq(size, 6);
        vm.assertEq(root, bytes32("six"));
    }

    function testFuzz_TheJournalNeverShrinksNorForks(uint256 first, uint256 second) public {
        first = first == 0 ? 1 : first;
        second = second % first + 1; // at most the first
        journal(first, "root");
        vm.expectRevert(abi.encodeWithSelector(IAnchor.SizeNotGrown.selector, second, first));
        journal(second, "other");
    }

    function test_AnEmptyJournalIsNotAnchored() public {
        vm.expectRevert(abi.encodeWithSelector(IAnchor.SizeNotGrown.selector, 0, 0));
        journal(0, "root");
    }

    function test_AReportIsTakenOnceWithItsTime() public {
        vm.assertEq(anchor.reportTime("hash"), 0);
        vm.expectEmit(address(anchor));
        emit IAnchor.ReportAnchored("hash");
        vm.prank(anchorer);
        anchor.anchorReport("hash");
        vm.warp(START + 1);
        vm.expectRevert(abi.encodeWithSelector(IAnchor.ReportTaken.selector, bytes32("hash")));
        vm.prank(anchorer);
        anchor.anchorReport("hash");
        vm.assertEq(anchor.reportTime("hash"), START);
    }

    function journal(uint256 size, bytes32 root) internal {
        vm.prank(anchorer);
        anchor.anchorJournal(size, root);
    }
}
