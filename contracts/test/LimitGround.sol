// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ILimitPolicy} from "../src/interfaces/ILimitPolicy.sol";
import {Codes, Verdict} from "../src/interfaces/IVerdict.sol";
import {Instrument} from "../src/Instrument.sol";
import {LedgerTest} from "./Ledger.sol";

/// @dev Tier 1 (Alice, Bob) may send 1000 at once, 1500 a day, 4000 a month and hold 100 000; tier 2 (Carol) anything.
abstract contract LimitGround is LedgerTest {
    ILimitPolicy.Scope internal constant IDENTITY = ILimitPolicy.Scope.Identity;
    ILimitPolicy.Scope internal constant TIER = ILimitPolicy.Scope.Tier;
    ILimitPolicy.Scope internal constant FIRM = ILimitPolicy.Scope.Firm;
    ILimitPolicy.Window internal constant TRANSFER = ILimitPolicy.Window.Transfer;
    ILimitPolicy.Window internal constant DAY = ILimitPolicy.Window.Day;
    ILimitPolicy.Window internal constant MONTH = ILimitPolicy.Window.Month;
    ILimitPolicy.Window internal constant BALANCE = ILimitPolicy.Window.Balance;

    function setUp() public override {
        super.setUp();
        mint(euro, alice, 20_000);
        mint(euro, alice2, 5000);
        mint(pound, alice, 20_000);
        mint(euro, carol, 50_000);
    }

    function set(ILimitPolicy.Scope scope, bytes32 subject, ILimitPolicy.Window window, uint256 value) internal {
        vm.prank(address(orders));
        policy.setLimit(scope, subject, window, value, "id");
    }

    function rate(address instrument, uint128 numerator, uint128 denominator) internal {
        vm.prank(address(orders));
        policy.setRate(instrument, numerator, denominator, "id");
    }

    function refused(
        Instrument instrument,
        address from,
        address to,
        uint256 amount,
        uint8 code,
        uint256 room,
        bytes32 subject
    ) internal {
        address module = code == Codes.BALANCE ? address(instrument) : address(policy);
        Verdict memory v = instrument.verdict(from, to, amount);
        vm.assertEq(abi.encode(v), abi.encode(Verdict(code, module, room, subject)));
        vm.expectRevert(refusal(from, to, amount, v));
        if (from == address(0)) mint(instrument, to, amount);
        else send(instrument, from, to, amount);
    }
}
