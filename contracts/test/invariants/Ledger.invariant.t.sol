// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Instrument} from "../../src/Instrument.sol";
import {LimitPolicy} from "../../src/LimitPolicy.sol";
import {ILimitPolicy} from "../../src/interfaces/ILimitPolicy.sol";
import {Test} from "../Test.sol";
import {Books} from "./Books.sol";
import {Handler} from "./Handler.sol";

/// @dev docs/invariants.md says these in prose.
contract LedgerInvariants is Test {
    Handler private _handler;
    Instrument[2] private _instruments;
    LimitPolicy private _policy;

    function setUp() public {
        _handler = new Handler();
        (Instrument euro, Instrument pound, address policy,) = _handler.ledger();
        _instruments = [euro, pound];
        _policy = LimitPolicy(policy);
        _target(address(_handler));
    }

    function invariant_BalancesSumToSupply() public view {
        for (uint256 i; i < 2; ++i) {
            uint256 sum;
            for (uint256 a; a < 4; ++a) {
                sum += _instruments[i].balanceOf(_handler.accounts(a));
            }
            vm.assertEq(sum, _instruments[i].totalSupply());
        }
    }

    function invariant_AnIdentityHoldsWhatItsAccountsHold() public view {
        for (uint256 p; p < 3; ++p) {
            address identity = _handler.identities(p);
            uint256 worth;
            for (uint256 i; i < 2; ++i) {
                (uint128 numerator, uint128 denominator) = _policy.rateOf(address(_instruments[i]));
                uint256 held = _handler.held(_instruments[i], identity);
                worth += (held * numerator + denominator - 1) / denominator;
            }
            bytes32 subject = bytes32(uint256(uint160(identity)));
            vm.assertEq(_policy.usedOf(ILimitPolicy.Scope.Identity, subject, ILimitPolicy.Window.Balance), worth);
        }
    }

    /// @dev Checked after each act, so the windows that end at the newest sending are all that can be new.
    function invariant_NoIntervalExceedsTheLimit() public view {
        if (_handler.sentCount() == 0) return;
        Books.Sent memory s = _handler.lastSent();
        uint256[2] memory lengths = [uint256(24 hours), 30 days];
        vm.assertLe(s.value, s.limits[0], "transfer");
        vm.assertLe(s.value, s.firmLimits[0], "firm, transfer");
        for (uint256 w; w < 2; ++w) {
            // Both ends inclusive.
            uint256 from = s.time - lengths[w] - 1;
            vm.assertLe(_handler.sentSince(from, s.identity, 0), s.limits[w + 1], "identity, window");
            vm.assertLe(_handler.sentSince(from, address(0), s.firm), s.firmLimits[w + 1], "firm, window");
        }
    }

    /// @dev Neither more nor less than the stated buckets.
    function invariant_WhatIsUsedIsWhatWasSentInTheBuckets() public view {
        uint256 dayStart = (block.timestamp / 1 hours - 24) * 1 hours;
        uint256 monthStart = (block.timestamp / 1 days - 30) * 1 days;
        for (uint256 p; p < 3; ++p) {
            address identity = _handler.identities(p);
            bytes32 subject = bytes32(uint256(uint160(identity)));
            used(ILimitPolicy.Scope.Identity, subject, dayStart, monthStart, identity, 0);
        }
        for (uint32 firm = 1; firm <= 2; ++firm) {
            used(ILimitPolicy.Scope.Firm, bytes32(uint256(firm)), dayStart, monthStart, address(0), firm);
        }
    }

    function invariant_NothingMovesInOrOutOfAnIneligibleAccount() public view {
        vm.assertEq(_handler.ineligibleMoves(), 0);
    }

    function invariant_TheViewAndTheDeedAgree() public view {
        vm.assertEq(_handler.disagreements(), 0);
    }

    function invariant_MakerIsNotChecker() public view {
        uint256 count = _handler.executedCount();
        if (count == 0) return;
        (bytes32 proposer, bytes32 approver, bool two) = _handler.executed(count - 1);
        vm.assertTrue(two ? proposer != approver : proposer == approver);
    }

    function invariant_AnOrderIsExecutedAtMostOnce() public view {
        vm.assertLe(_handler.mostExecutions(), 1, "executions");
    }

    function used(
        ILimitPolicy.Scope scope,
        bytes32 subject,
        uint256 dayStart,
        uint256 monthStart,
        address identity,
        uint32 firm
    ) private view {
        uint256 day = _policy.usedOf(scope, subject, ILimitPolicy.Window.Day);
        uint256 month = _policy.usedOf(scope, subject, ILimitPolicy.Window.Month);
        vm.assertEq(day, _handler.sentSince(dayStart - 1, identity, firm), "day");
        vm.assertEq(month, _handler.sentSince(monthStart - 1, identity, firm), "month");
    }
}
