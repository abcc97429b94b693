// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Test} from "../Test.sol";
import {ModulesHandler} from "./ModulesHandler.sol";

/// @dev docs/invariants.md says these in prose.
contract ModulesInvariants is Test {
    ModulesHandler private _handler;

    function setUp() public {
        _handler = new ModulesHandler();
        _target(address(_handler));
    }

    function invariant_ARuleRefusesWhatTheBooksRefuseAndNothingElse() public view {
        vm.assertEq(_handler.surprises(), 0);
    }

    function invariant_TheSupplyIsWhatWasMintedLessWhatWasBurnt() public view {
        vm.assertEq(_handler.share().totalSupply(), _handler.supply());
        vm.assertEq(_handler.supplyCap().cap(), _handler.supplyMost());
    }

    function invariant_HoldersAreTheIdentitiesThatHold() public view {
        vm.assertEq(_handler.holderCap().holders(), _handler.holders());
        for (uint256 i; i < 3; ++i) {
            address identity = _handler.identities(i);
            vm.assertEq(_handler.holderCap().holdingOf(identity), _handler.holdings(identity));
        }
    }

    function invariant_TheListIsWhatOrdersSaidLast() public view {
        for (uint256 i; i < 3; ++i) {
            uint16 country = _handler.countryNumbers(i);
            vm.assertTrue(_handler.countries().isListed(country) == _handler.listed(country));
        }
    }

    function invariant_NoMoreTransfersPassThanWereApproved() public view {
        vm.assertLe(_handler.passed(), _handler.given(), "approvals");
        for (uint256 n; n < 16 * _handler.AMOUNTS(); ++n) {
            (address from, address to) = (_handler.accounts(n % 4), _handler.accounts(n / 4 % 4));
            uint256 until = _handler.approvedUntil(from, to, n / 16);
            vm.assertEq(_handler.preapproval().approvedUntil(from, to, n / 16), until);
        }
    }
}
