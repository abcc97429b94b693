// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Compliance} from "../../src/Compliance.sol";
import {Instrument} from "../../src/Instrument.sol";
import {IIdentityRegistry} from "../../src/interfaces/IIdentityRegistry.sol";
import {ILimitPolicy} from "../../src/interfaces/ILimitPolicy.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {IRoles} from "../../src/interfaces/IRoles.sol";
import {History} from "./History.sol";
import {ReplayedInstruments} from "./ReplayedInstruments.sol";

/// @dev Storage rebuilt from events alone equals storage as the contracts answer it. Left out, and why: docs/invariants.md.
contract EventsTest is History {
    uint256 internal constant ACTS = 80;

    /// @dev A history is worth many arguments: fewer runs than elsewhere.
    /// forge-config: default.fuzz.runs = 32
    /// forge-config: deep.fuzz.runs = 3200
    function testFuzz_StorageIsRebuiltFromEvents(uint256 seed) public {
        vm.recordLogs();
        for (uint256 n; n < ACTS; ++n) {
            uint256[7] memory r;
            for (uint256 i; i < 7; ++i) {
                r[i] = uint256(keccak256(abi.encode(seed, n, i)));
            }
            act(r);
        }
        vm.assertTrue(done > ACTS / 8, "a history of refusals proves nothing");
        compareInstruments();
        comparePeople();
        compareTrust();
        comparePolicy();
        compareRules();
        compareRoles();
        compareOrders();
        compareFirms();
    }

    function compareInstruments() internal view {
        for (uint256 n; n < 3; ++n) {
            Instrument i = instruments[n];
            compareToken(i);
            for (uint256 a; a < 5; ++a) {
                address account = accounts[a];
                vm.assertEq(i.balanceOf(account), replayed.balanceOf(address(i), account));
                vm.assertEq(i.getFrozenTokens(account), replayed.frozen(address(i), account));
                vm.assertEq(i.frozenUntil(account), replayed.frozenUntil(address(i), account));
                vm.assertEq(i.replacementOf(account), replayed.replacementOf(address(i), account));
            }
        }
    }

    function compareToken(Instrument i) internal view {
        ReplayedInstruments.Token memory t = replayed.token(address(i));
        vm.assertEq(i.totalSupply(), t.supply);
        vm.assertEq(i.pausedUntil(), t.pausedUntil);
        vm.assertEq(i.compliance(), t.compliance);
        vm.assertEq(i.identityRegistry(), t.registry);
        bytes memory information = abi.encode(i.name(), i.symbol(), i.decimals(), i.version(), i.onchainID());
        vm.assertEq(keccak256(information), t.information);
        vm.assertEq(i.implementation(), t.implementation);
        (address scheduled, uint64 notBefore) = i.scheduledUpgrade();
        vm.assertEq(scheduled, t.scheduled);
        vm.assertEq(notBefore, t.notBefore);
        (address previous, uint64 rollbackUntil) = i.previousImplementation();
        vm.assertEq(previous, t.previous);
        vm.assertEq(rollbackUntil, t.rollbackUntil);
    }

    function comparePeople() internal view {
        for (uint256 a; a < 5; ++a) {
            vm.assertEq(address(registry.identity(accounts[a])), replayed.identityOf(accounts[a]));
        }
        for (uint256 p; p < 4; ++p) {
            IIdentityRegistry.Standing memory s = registry.standingOf(identities[p]);
            (uint32 firm, uint16 country, uint8 status, uint8 tier, uint64 expiry, bool flagged) =
                replayed.standings(identities[p]);
            vm.assertEq(
                abi.encode(s.firm, s.country, s.status, s.tier, s.expiry, s.flagged),
                abi.encode(firm, country, status, tier, expiry, flagged)
            );
        }
    }

    function compareTrust() internal view {
        uint256 required;
        for (uint256 topic = 1; topic <= 2; ++topic) {
            if (replayed.required(topic)) ++required;
            for (uint256 i; i < 2; ++i) {
                vm.assertTrue(registry.hasClaimTopic(issuers[i], topic) == replayed.trusted(issuers[i], topic));
            }
        }
        vm.assertEq(registry.getClaimTopics().length, required);
    }

    function comparePolicy() internal view {
        for (uint256 n; n < 3; ++n) {
            (uint128 numerator, uint128 denominator) = policy.rateOf(address(instruments[n]));
            (uint128 above, uint128 below) = replayed.rateOf(address(instruments[n]));
            vm.assertEq(numerator, above);
            vm.assertEq(denominator, below);
        }
        for (uint256 p; p < 4; ++p) {
            compareLimits(ILimitPolicy.Scope.Identity, word(identities[p]), 4);
            compareUsed(ILimitPolicy.Scope.Identity, identities[p], 0);
            uint256 worth = policy.usedOf(ILimitPolicy.Scope.Identity, word(identities[p]), ILimitPolicy.Window.Balance);
            vm.assertEq(worth, replayed.worthOf(identities[p]), "worth");
        }
        for (uint256 n = 1; n <= 2; ++n) {
            compareLimits(ILimitPolicy.Scope.Tier, word(n), 4);
            compareLimits(ILimitPolicy.Scope.Firm, word(n), 3);
            compareUsed(ILimitPolicy.Scope.Firm, address(0), n);
        }
    }

    function compareLimits(ILimitPolicy.Scope scope, bytes32 subject, uint256 windows) internal view {
        for (uint256 w; w < windows; ++w) {
            (uint256 limit, bool isSet) = policy.limitOf(scope, subject, ILimitPolicy.Window(w));
            uint256 plusOne = replayed.limitPlusOne(uint256(scope), uint256(subject), w);
            vm.assertTrue(isSet == (plusOne != 0));
            vm.assertEq(limit, plusOne == 0 || plusOne == NO_LIMIT ? NO_LIMIT : plusOne - 1);
        }
    }

    /// @dev The hour that runs and twenty-four before it, the day that runs and thirty before it.
    function compareUsed(ILimitPolicy.Scope scope, address identity, uint256 firm) internal view {
        bytes32 subject = firm == 0 ? word(identity) : word(firm);
        (uint256 hour, uint256 day) = (block.timestamp / 1 hours, block.timestamp / 1 days);
        uint256 inDay = policy.usedOf(scope, subject, ILimitPolicy.Window.Day);
        vm.assertEq(inDay, replayed.sent(identity, firm, hour - 24, hour), "day");
        uint256 inMonth = policy.usedOf(scope, subject, ILimitPolicy.Window.Month);
        vm.assertEq(inMonth, replayed.sent(identity, firm, 24 * (day - 30), hour), "month");
    }

    function compareRules() internal view {
        Compliance[2] memory rules = [other, compliance];
        for (uint256 c; c < 2; ++c) {
            vm.assertEq(rules[c].getTokenBound(), replayed.tokenOf(address(rules[c])));
            vm.assertEq(abi.encode(rules[c].getModules()), abi.encode(replayed.modulesOf(address(rules[c]))));
        }
        for (uint256 n; n < 5; ++n) {
            vm.assertTrue(
                countries.isListed(countryNumbers[n]) == replayed.listed(address(countries), countryNumbers[n])
            );
        }
        vm.assertEq(supplyCap.cap(), replayed.capOf(address(supplyCap)));
        vm.assertEq(holderCap.cap(), replayed.capOf(address(holderCap)));
        vm.assertEq(holderCap.holders(), replayed.holdersOf(address(holderCap)));
        vm.assertEq(holderCap.boundInstrument(), replayed.instrumentOf(address(holderCap)));
        vm.assertEq(preapproval.boundInstrument(), replayed.instrumentOf(address(preapproval)));
        for (uint256 p; p < 4; ++p) {
            uint256 held = replayed.heldBy(address(instruments[2]), identities[p]);
            vm.assertEq(holderCap.holdingOf(identities[p]), held);
        }
        for (uint256 n; n < approvals.length; ++n) {
            (address from, address to, uint256 amount) = (approvals[n].from, approvals[n].to, approvals[n].amount);
            uint64 until = replayed.approvedUntil(address(preapproval), keccak256(abi.encode(from, to, amount)));
            vm.assertEq(preapproval.approvedUntil(from, to, amount), until);
        }
    }

    function compareRoles() internal view {
        vm.assertEq(roles.orders(), replayed.orders());
        for (uint256 n; n < 5; ++n) {
            address w = wallet(n);
            vm.assertEq(roles.rolesOf(w), replayed.rolesOf(w));
            vm.assertEq(roles.personOf(w), replayed.personOf(w));
            vm.assertEq(roles.delegateOf(w), replayed.delegateOf(w));
            IRoles.Delegation memory d = roles.delegationOf(w);
            (address principal, uint64 startsAt, uint64 until) = replayed.delegations(w);
            vm.assertEq(abi.encode(d), abi.encode(principal, startsAt, until));
        }
    }

    function compareOrders() internal view {
        for (uint256 n; n < ids.length; ++n) {
            vm.assertTrue(orders.stateOf(ids[n]) == replayed.stateOf(ids[n]));
        }
        for (uint256 kind = 1; kind <= uint256(type(IOrders.Kind).max); ++kind) {
            vm.assertEq(orders.signaturesFor(IOrders.Kind(kind)), replayed.signatures(kind));
        }
        (uint256 size, bytes32 root) = anchor.latest();
        vm.assertEq(size, replayed.journalSize());
        vm.assertEq(root, replayed.journalRoot());
        for (uint256 n; n < 8; ++n) {
            vm.assertEq(anchor.reportTime(bytes32(n)), replayed.reportTime(bytes32(n)));
        }
    }

    /// @dev No view answers which firms there are; a registrar who tries finds out.
    function compareFirms() internal {
        if (replayed.rolesOf(registrar) & 8 == 0) return;
        for (uint32 firm = 1; firm < 8; ++firm) {
            vm.prank(registrar);
            (bool isNew,) = address(registry).call(abi.encodeCall(registry.registerFirm, (firm, "LEI", "Firm")));
            vm.assertTrue(isNew != replayed.firms(firm));
        }
    }
}
