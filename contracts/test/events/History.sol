// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Compliance} from "../../src/Compliance.sol";
import {Instrument} from "../../src/Instrument.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {CountryRules} from "../../src/modules/CountryRules.sol";
import {HolderCap} from "../../src/modules/HolderCap.sol";
import {Preapproval} from "../../src/modules/Preapproval.sol";
import {SupplyCap} from "../../src/modules/SupplyCap.sol";
import {ClaimHolder, Vouch} from "../claims/Claimants.sol";
import {SecondRelease} from "../instrument/Upgrades.t.sol";
import {LedgerTest} from "../Ledger.sol";
import {Vm} from "../Test.sol";
import {Replayed} from "./Replayed.sol";

/// @dev Everything that writes, tried at random; what is refused leaves no trace. After each act its events are replayed
/// with the time of their block. Seven words of chance, `r`, choose the act and what it names.
abstract contract History is LedgerTest {
    struct Approval {
        address from;
        address to;
        uint256 amount;
    }

    uint16[5] internal countryNumbers = [250, 276, 840, 1, 999];
    Replayed internal replayed;
    uint256 internal done;
    bytes32[] internal ids;
    Approval[] internal approvals;

    address[5] internal accounts;
    address[4] internal identities;
    Instrument[3] internal instruments;
    address[2] internal issuers;
    address internal second;
    Compliance internal other;
    CountryRules internal countries;
    SupplyCap internal supplyCap;
    HolderCap internal holderCap;
    Preapproval internal preapproval;

    function setUp() public override {
        replayed = new Replayed();
        vm.recordLogs();
        super.setUp();
        uint16[] memory listed = new uint16[](2);
        (listed[0], listed[1]) = (250, 276);
        countries = new CountryRules(roles, CountryRules.Mode.Allow, listed);
        (supplyCap, holderCap) = (new SupplyCap(roles, 1e6), new HolderCap(roles, 3));
        preapproval = new Preapproval(roles);
        address[] memory modules = new address[](5);
        (modules[0], modules[1], modules[2]) = (address(policy), address(countries), address(supplyCap));
        (modules[3], modules[4]) = (address(holderCap), address(preapproval));
        (Instrument share,) = issueUnder("Share", "SHR", modules);
        other = new Compliance(roles, modules);
        other.bindToken(address(share));
        holderCap.bindInstrument(address(share));
        preapproval.bindInstrument(address(share));
        vm.prank(address(orders));
        policy.setRate(address(share), 7, 3, 0);

        (issuers, second) = ([address(new Vouch()), address(new Vouch())], address(new SecondRelease(roles, registry)));
        accounts = [alice, alice2, bob, carol, address(0xdade)];
        identities = [aliceId, bobId, carolId, address(new ClaimHolder())];
        instruments = [euro, pound, share];
        for (uint256 i; i < 12; ++i) {
            mint(instruments[i % 3], accounts[i / 3], 5000);
        }
        replayed.replay(vm.getRecordedLogs(), uint64(block.timestamp));
    }

    function act(uint256[7] memory r) internal {
        uint256 what = r[0] % 8;
        if (what < 2) pay(r);
        else if (what < 4) control(r);
        else if (what == 4) enlist(r);
        else if (what == 5) rule(r);
        else if (what == 6) govern(r);
        else vm.warp(block.timestamp + r[1] % [uint256(1 hours), 2 days, 20 days][r[2] % 3]);
    }

    /* ACTS */

    function pay(uint256[7] memory r) private {
        (Instrument i, address a, address b) = parties(r);
        // Now and then all of it: some must stop being holders.
        uint256 n = r[4] % 5 == 0 ? i.balanceOf(a) : r[4] % 1200;
        if (address(i) == address(instruments[2]) && r[5] % 4 != 0) {
            bytes memory approval = abi.encodeCall(preapproval.approve, (a, b, n, soon(r[6]), "id"));
            attempt(address(orders), address(preapproval), approval);
            approvals.push(Approval(a, b, n));
        }
        uint256 what = r[5] % 8;
        if (what < 3) {
            attempt(a, address(i), abi.encodeCall(i.transfer, (b, n)));
        } else if (what == 3) {
            attempt(a, address(i), abi.encodeCall(i.approve, (stranger, n)));
            attempt(stranger, address(i), abi.encodeCall(i.transferFrom, (a, b, n / 2)));
        } else if (what == 4) {
            attempt(a, address(i), abi.encodeCall(i.batchTransfer, (pair(a, b), pair(n, n))));
        } else if (what == 5) {
            attempt(issuer, address(i), abi.encodeCall(i.mint, (b, n)));
        } else if (what == 6) {
            attempt(issuer, address(i), abi.encodeCall(i.batchMint, (pair(a, b), pair(n, n))));
        } else {
            attempt(issuer, address(i), abi.encodeCall(i.burn, (a, n)));
        }
    }

    function control(uint256[7] memory r) private {
        (Instrument i, address a, address b) = parties(r);
        (uint256 what, uint256 n, bool yes) = (r[5] % 14, r[4] % 3000, r[6] % 2 == 0);
        bytes memory call = abi.encodeCall(i.forcedTransfer, (a, b, n));
        if (what == 1) call = abi.encodeCall(i.freeze, (a, soon(r[6])));
        if (what == 2) call = abi.encodeCall(i.setAddressFrozen, (a, r[6] % 8 == 0));
        if (what == 3) call = abi.encodeCall(i.setFrozenTokens, (a, n));
        if (what == 4) call = abi.encodeCall(i.freezePartialTokens, (a, n));
        if (what == 5) call = abi.encodeCall(i.unfreezePartialTokens, (a, n));
        if (what == 6) call = abi.encodeWithSignature("pause(uint64)", block.timestamp + 1 + r[6] % 600);
        if (what == 7) call = yes ? abi.encodeCall(i.unpause, ()) : abi.encodeWithSignature("pause()");
        if (what == 8) call = abi.encodeCall(i.recoveryAddress, (a, b, identities[r[6] % 4]));
        if (what == 9) call = abi.encodeCall(i.setCompliance, (yes ? address(other) : i.compliance()));
        if (what >= 10) {
            call = abi.encodeCall(i.scheduleUpgrade, ([address(0), address(code), second, second][what - 10]));
        }
        attempt(address(orders), address(i), call);
        if (what >= 10) attempt(administrator, address(i), abi.encodeCall(i.activateUpgrade, ()));
    }

    function enlist(uint256[7] memory r) private {
        (address a, address id, bool yes) = (accounts[r[1] % 5], identities[r[2] % 4], r[3] % 4 == 0);
        uint256 what = r[5] % 8;
        bytes memory call = abi.encodeCall(registry.registerFirm, (uint32(r[4] % 6), "LEI", "Firm"));
        if (what == 1) call = abi.encodeCall(registry.register, (a, id, uint32(1 + r[4] % 2), 250));
        if (what == 2 || what == 3) {
            call = abi.encodeWithSelector(registry.decide.selector, id, yes ? r[4] % 5 : 2, 1, soon(r[6]), 0, "id");
        }
        if (what == 4) call = abi.encodeCall(registry.setFlag, (id, yes, "id"));
        if (what == 5) call = abi.encodeCall(registry.setCountry, (id, countryNumbers[r[4] % 3], "id"));
        if (what == 6) call = abi.encodeCall(registry.setTrustedIssuer, (issuers[r[4] % 2], 1 + r[6] % 2, !yes, "id"));
        if (what == 7) call = abi.encodeCall(registry.setClaimTopic, (1 + r[6] % 2, yes, "id"));
        attempt(what < 2 ? registrar : address(orders), address(registry), call);
    }

    function rule(uint256[7] memory r) private {
        (uint256 what, uint256 scope, bool yes) = (r[5] % 5, r[2] % 3, r[6] % 2 == 0);
        uint256 n = r[4] % 9 == 0 ? NO_LIMIT : r[4] % 9000;
        bytes32 subject = scope == 0 ? word(identities[r[3] % 4]) : word(1 + r[3] % 2);
        bytes memory call = abi.encodeWithSelector(policy.setLimit.selector, scope, subject, r[1] % 4, n, bytes32("id"));
        address target = address(policy);
        if (what == 1) {
            call = abi.encodeCall(
                policy.setRate, (address(instruments[r[1] % 3]), uint128(r[2] % 5), 1 + uint128(r[3] % 5), "")
            );
        }
        if (what == 2) {
            (target, call) =
            (address(countries), abi.encodeCall(countries.setCountry, (countryNumbers[r[1] % 5], yes, "")));
        }
        if (what == 3) (target, call) = (address(supplyCap), abi.encodeCall(supplyCap.setCap, (r[4] % 1e5, "")));
        if (what == 4) (target, call) = (address(holderCap), abi.encodeCall(holderCap.setCap, (r[4] % 5, "")));
        attempt(address(orders), target, call);
    }

    function govern(uint256[7] memory r) private {
        (address a, address b) = (wallet(r[1]), wallet(r[2]));
        uint256 what = r[5] % 8;
        if (what == 0) {
            uint256 which = r[3] % 64;
            attempt(address(orders), address(roles), abi.encodeCall(roles.setRoles, (a, person(r[2] % 5), which, "id")));
        } else if (what < 3) {
            uint64 until = r[4] % 5 == 0 ? 0 : soon(r[6]);
            bytes memory call = abi.encodeCall(roles.setDelegation, (a, b, uint64(block.timestamp), until, "id"));
            attempt(address(orders), address(roles), call);
        } else if (what == 3) {
            attempt(anchorer, address(anchor), abi.encodeCall(anchor.anchorJournal, (r[4] % 100, bytes32(r[6]))));
        } else if (what == 4) {
            attempt(anchorer, address(anchor), abi.encodeCall(anchor.anchorReport, (bytes32(r[4] % 8))));
        } else {
            order(r);
        }
    }

    /// @dev Carried out, taken back or refused.
    function order(uint256[7] memory r) private {
        bytes memory arguments = abi.encode(IOrders.Kind(1 + r[3] % 23), 1 + r[4] % 2);
        IOrders.Order memory o = draft(IOrders.Kind.SetSignatures, address(orders), arguments);
        if (r[6] % 3 == 0) {
            o = draft(IOrders.Kind.SetRate, address(policy), abi.encode(euro, 1 + r[3] % 9, 1 + r[4] % 9));
        }
        bytes memory signature = signed(OFFICER_KEY, o);
        if (r[5] % 8 == 5) attempt(officer, address(orders), abi.encodeCall(orders.cancel, (o)));
        else if (r[5] % 8 == 6) attempt(approver, address(orders), abi.encodeCall(orders.reject, (o, signature, "no")));
        else attempt(approver, address(orders), abi.encodeCall(orders.execute, (o, signature)));
        ids.push(orders.idOf(o));
    }

    /* HELPERS */

    function attempt(address caller, address target, bytes memory call) private {
        vm.prank(caller);
        (bool success,) = target.call(call);
        // What is undone is not told; the recorder keeps it all the same.
        Vm.Log[] memory logs = vm.getRecordedLogs();
        if (!success) return;
        ++done;
        replayed.replay(logs, uint64(block.timestamp));
    }

    function parties(uint256[7] memory r) private view returns (Instrument, address, address) {
        return (instruments[r[1] % 3], accounts[r[2] % 5], accounts[r[3] % 5]);
    }

    function wallet(uint256 n) internal view returns (address) {
        return [administrator, officer, approver, registrar, stranger][n % 5];
    }

    function soon(uint256 n) private view returns (uint64) {
        return uint64(block.timestamp + 1 + n % 30 days);
    }

    function pair(address a, address b) private pure returns (address[] memory l) {
        l = new address[](2);
        (l[0], l[1]) = (a, b);
    }

    function pair(uint256 a, uint256 b) private pure returns (uint256[] memory l) {
        l = new uint256[](2);
        (l[0], l[1]) = (a, b);
    }
}
