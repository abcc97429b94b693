// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IdentityRegistry} from "../../src/IdentityRegistry.sol";
import {IClaimIssuer} from "../../src/interfaces/IClaimIssuer.sol";
import {IIdentityRegistry} from "../../src/interfaces/IIdentityRegistry.sol";
import {Test} from "../Test.sol";
import {RegistryHandler} from "./RegistryHandler.sol";

/// @dev docs/invariants.md says these in prose.
contract RegistryInvariants is Test {
    RegistryHandler private _handler;
    IdentityRegistry private _registry;

    function setUp() public {
        _handler = new RegistryHandler();
        _registry = IdentityRegistry(_handler.ledger());
        _target(address(_handler));
    }

    function invariant_AnAccountKeepsItsOneIdentity() public view {
        for (uint256 a; a < 8; ++a) {
            address account = _handler.accounts(a);
            vm.assertEq(address(_registry.identity(account)), _handler.linked(account));
        }
    }

    function invariant_OnlyAnOrderChangesAStanding() public view {
        vm.assertEq(_handler.surprises(), 0);
        for (uint256 i; i < 5; ++i) {
            address identity = _handler.identities(i);
            (uint32 firm, uint16 country, uint8 status, uint8 tier, uint64 expiry, bool flagged) =
                _handler.books(identity);
            IIdentityRegistry.Standing memory s = _registry.standingOf(identity);
            vm.assertEq(s.firm, firm);
            vm.assertEq(s.country, country);
            vm.assertEq(uint8(s.status), status);
            vm.assertEq(s.tier, tier);
            vm.assertEq(s.expiry, expiry);
            vm.assertTrue(s.flagged == flagged);
        }
    }

    function invariant_VerifiedIsWhatTheBooksSay() public view {
        for (uint256 a; a < 8; ++a) {
            address account = _handler.accounts(a);
            address identity = _handler.linked(account);
            vm.assertTrue(_registry.isVerified(account) == _handler.eligible(account));
            bool claimed = identity != address(0) && _handler.claimed(identity);
            vm.assertTrue(_registry.standing(account).claimed == claimed);
        }
    }

    function invariant_NothingMovesInOrOutOfAnIneligibleIdentity() public view {
        vm.assertEq(_handler.ineligibleMoves(), 0);
    }

    function invariant_TrustIsWhatOrdersSaid() public view {
        uint256 required;
        for (uint256 topic = 1; topic <= 2; ++topic) {
            if (_handler.required(topic)) ++required;
            uint256 trusted;
            for (uint256 i; i < 2; ++i) {
                address issuer = _handler.issuers(i);
                bool is_ = _handler.trusted(issuer, topic);
                if (is_) ++trusted;
                vm.assertTrue(_registry.hasClaimTopic(issuer, topic) == is_);
                bool any = _handler.trusted(issuer, 1) || _handler.trusted(issuer, 2);
                vm.assertTrue(_registry.isTrustedIssuer(issuer) == any);
            }
            IClaimIssuer[] memory issuers = _registry.getTrustedIssuersForClaimTopic(topic);
            vm.assertEq(issuers.length, trusted);
        }
        vm.assertEq(_registry.getClaimTopics().length, required);
    }
}
