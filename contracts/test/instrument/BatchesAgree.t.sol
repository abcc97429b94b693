// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Compliance} from "../../src/Compliance.sol";
import {Instrument} from "../../src/Instrument.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ILimitPolicy} from "../../src/interfaces/ILimitPolicy.sol";
import {Codes, Verdict} from "../../src/interfaces/IVerdict.sol";
import {CountryRules} from "../../src/modules/CountryRules.sol";
import {HolderCap} from "../../src/modules/HolderCap.sol";
import {LedgerTest} from "../Ledger.sol";
import {bound, Vm} from "../Test.sol";

/// @dev A batch, and its transfers one after the other with all undone if one is refused, on the same state. What they
/// wrote is compared slot by slot. Limits, cap, countries, freezes and balances all bind, each for some of the seeds.
contract BatchesAgreeTest is LedgerTest {
    Instrument internal bond;
    Compliance internal rules;
    HolderCap internal cap;
    address internal dave = address(0xda7e);
    address internal abroad = address(0xab04d);
    address[] internal written;

    function setUp() public override {
        super.setUp();
        uint16[] memory listed = new uint16[](1);
        listed[0] = 250;
        address[] memory modules = new address[](3);
        modules[0] = address(new CountryRules(roles, CountryRules.Mode.Allow, listed));
        modules[1] = address(policy);
        cap = new HolderCap(roles, 4);
        modules[2] = address(cap);
        (bond, rules) = issueUnder("Bond", "BND", modules);
        cap.bindInstrument(address(bond));
        enrol(dave, address(0x1dd), 2);
        verify(address(0x1dd), 1);
        vm.prank(registrar);
        registry.register(abroad, address(0x1de), 2, 276);
        verify(address(0x1de), 1);
        vm.prank(address(orders));
        policy.setRate(address(bond), 7, 5, 0);
        state(ILimitPolicy.Scope.Identity, word(bobId), ILimitPolicy.Window.Balance, 900);
        mint(bond, alice, 5000);
        mint(bond, carol, 10);
        written = [address(bond), address(policy), address(cap)];
    }

    function testFuzz_ABatchIsItsTransfersInTurn(uint256 seed) public {
        // What a fuzzer draws is small or large more often than not; each bit below should be as likely as its opposite.
        seed = uint256(keccak256(abi.encode(seed)));
        send(bond, alice, carol, 1);
        vm.warp(block.timestamp + bound(seed >> 8, 0, 3) * 1 hours);
        vm.prank(address(orders));
        bond.setFrozenTokens(alice, seed >> 37 & 3 == 0 ? bound(seed >> 16, 3500, 5000) : 0);
        if (seed >> 32 & 7 == 0) halt(bob);
        if (seed >> 35 & 1 == 0) mint(bond, dave, 1);
        // Else the sender's own limit of a day, 1500, binds.
        if (seed >> 36 & 1 == 0) state(ILimitPolicy.Scope.Firm, word(1), ILimitPolicy.Window.Day, 1300);
        (address[] memory to, uint256[] memory amounts) = draw(seed);
        bytes32[][] memory slots = new bytes32[][](6);
        write(slots, 0, this.together, to, amounts);
        write(slots, 3, this.inTurn, to, amounts);
        vm.assertEq(outcome(slots, this.together, to, amounts), outcome(slots, this.inTurn, to, amounts));
    }

    /// @dev The flow of an identity in one event, whatever the number of transfers: the sum of their values, each rounded up.
    function test_ABatchCountsItsFlowOnce() public {
        (address[] memory to, uint256[] memory amounts) = (new address[](4), new uint256[](4));
        (to[0], to[1], to[2], to[3]) = (bob, alice2, carol, bob);
        (amounts[0], amounts[1], amounts[2], amounts[3]) = (1, 100, 2, 3);
        vm.recordLogs();
        this.together(to, amounts);
        (uint256 events, uint256 value) = flow(vm.getRecordedLogs());
        vm.assertEq(events, 1);
        vm.assertEq(value, 2 + 3 + 5);
        vm.assertEq(policy.usedOf(ILimitPolicy.Scope.Firm, word(1), ILimitPolicy.Window.Day), value);
    }

    /// @dev Each alone is within every limit; the second passes a day's, first the sender's own, then its firm's.
    function test_ABatchUsesUpALimitAsItGoes() public {
        (address[] memory to, uint256[] memory amounts) = (new address[](2), new uint256[](2));
        (to[0], to[1]) = (bob, carol);
        (amounts[0], amounts[1]) = (600, 500);
        refuses(to, amounts, Verdict(Codes.DAY_LIMIT, address(policy), 471, word(1)));
        state(ILimitPolicy.Scope.Firm, word(1), ILimitPolicy.Window.Day, 1300);
        amounts[1] = 400;
        refuses(to, amounts, Verdict(Codes.FIRM_DAY_LIMIT, address(policy), 328, word(1)));
        amounts[1] = 328;
        this.together(to, amounts);
        vm.assertEq(policy.usedOf(ILimitPolicy.Scope.Identity, word(aliceId), ILimitPolicy.Window.Day), 1300);
    }

    /// @dev What a compliance cannot say of all together, it says of each.
    function test_ABatchSaysWhyItsTransferIsRefused() public {
        Compliance unbound = new Compliance(roles, new address[](0));
        Instrument note = issueUnbound("Note", "NOT", unbound);
        (address[] memory to, uint256[] memory amounts) = (new address[](2), new uint256[](2));
        (to[0], to[1]) = (bob, carol);
        vm.expectRevert(refusal(alice, bob, 0, Verdict(Codes.PAUSED, address(unbound), 0, 0)));
        vm.prank(alice);
        note.batchTransfer(to, amounts);
    }

    /* BOTH WAYS */

    function together(address[] calldata to, uint256[] calldata amounts) external {
        vm.prank(alice);
        bond.batchTransfer(to, amounts);
    }

    /// @dev A call of its own, so that a refusal undoes all.
    function inTurn(address[] calldata to, uint256[] calldata amounts) external {
        for (uint256 i; i < to.length; ++i) {
            vm.prank(alice);
            bond.transfer(to[i], amounts[i]);
        }
    }

    /* HELPERS */

    /// @dev The last of the batch, for this reason.
    function refuses(address[] memory to, uint256[] memory amounts, Verdict memory v) internal {
        uint256 last = to.length - 1;
        vm.expectRevert(refusal(alice, to[last], amounts[last], v));
        vm.prank(alice);
        bond.batchTransfer(to, amounts);
    }

    function draw(uint256 seed) internal view returns (address[] memory to, uint256[] memory amounts) {
        uint256 size = bound(seed >> 64, 0, 7);
        (to, amounts) = (new address[](size), new uint256[](size));
        address[8] memory whom = [bob, carol, dave, alice2, bob, carol, alice, abroad];
        uint256 kinds = seed >> 67 & 1 == 0 ? 6 : 8;
        uint256 most = [uint256(3), 150, 400, 1000][seed >> 68 & 3];
        for (uint256 i; i < size; ++i) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            to[i] = whom[random % kinds];
            amounts[i] = bound(random >> 8, 0, most);
        }
    }

    /// @notice Finds the slots that one way writes, and leaves them as they were.
    function write(
        bytes32[][] memory slots,
        uint256 first,
        function(address[] memory, uint256[] memory) external way,
        address[] memory to,
        uint256[] memory amounts
    ) internal {
        uint256 before = vm.snapshotState();
        vm.record();
        try way(to, amounts) {} catch {}
        for (uint256 i; i < 3; ++i) {
            (, slots[first + i]) = vm.accesses(written[i]);
        }
        vm.revertToState(before);
    }

    /// @return What one way says and leaves behind: a refusal or none, each slot, the transfers, the sum of flow.
    function outcome(
        bytes32[][] memory slots,
        function(address[] memory, uint256[] memory) external way,
        address[] memory to,
        uint256[] memory amounts
    ) internal returns (bytes memory) {
        uint256 before = vm.snapshotState();
        vm.recordLogs();
        bytes memory refused;
        try way(to, amounts) {}
        catch (bytes memory why) {
            refused = why;
        }
        Vm.Log[] memory logs = vm.getRecordedLogs();
        // Of what is undone logs are recorded too.
        if (refused.length != 0) logs = new Vm.Log[](0);
        (, uint256 value) = flow(logs);
        bytes32 left = values(slots);
        vm.revertToState(before);
        return abi.encode(refused, left, transfers(logs), value);
    }

    function values(bytes32[][] memory slots) internal view returns (bytes32 all) {
        for (uint256 i; i < slots.length; ++i) {
            for (uint256 j; j < slots[i].length; ++j) {
                all = keccak256(abi.encode(all, vm.load(written[i % 3], slots[i][j])));
            }
        }
    }

    function transfers(Vm.Log[] memory logs) internal pure returns (bytes32 all) {
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].topics[0] == IERC20.Transfer.selector) all = keccak256(abi.encode(all, logs[i]));
        }
    }

    function flow(Vm.Log[] memory logs) internal pure returns (uint256 events, uint256 value) {
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].topics[0] != ILimitPolicy.FlowCounted.selector) continue;
            ++events;
            value += abi.decode(logs[i].data, (uint256));
        }
    }

    function halt(address account) internal {
        vm.prank(address(orders));
        bond.freeze(account, uint64(block.timestamp + 1));
    }

    function state(ILimitPolicy.Scope scope, bytes32 subject, ILimitPolicy.Window window, uint256 most) internal {
        vm.prank(address(orders));
        policy.setLimit(scope, subject, window, most, 0);
    }
}
