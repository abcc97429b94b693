// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Instrument} from "../../src/Instrument.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {Verdict} from "../../src/interfaces/IVerdict.sol";
import {bound} from "../Test.sol";
import {Books} from "./Books.sol";

/// @dev Everybody at once, over a ledger of its own. Each act may be refused, none may surprise: what a rule promises is
/// kept beside in Books, computed without the contracts under test, and compared by the invariants.
contract Handler is Books {
    /* HOLDERS */

    function transfer(uint256 from, uint256 to, bool inPounds, uint256 amount) external {
        move(inPounds, accounts[from % 4], accounts[to % 4], amount);
    }

    /// @dev The same, in amounts that the limits of tier 1 mostly let pass.
    function transferLittle(uint256 from, uint256 to, bool inPounds, uint256 amount) external {
        move(inPounds, accounts[from % 4], accounts[to % 4], amount % 400);
    }

    function transferFrom(uint256 from, uint256 to, bool inPounds, uint256 amount) external {
        Instrument instrument = pick(inPounds);
        (address owner, address recipient) = (accounts[from % 4], accounts[to % 4]);
        amount = bound(amount, 0, 1500);
        vm.prank(owner);
        instrument.approve(stranger, amount);
        Verdict memory v = instrument.verdict(owner, recipient, amount);
        vm.prank(stranger);
        (bool done, bytes memory answer) =
            address(instrument).call(abi.encodeCall(instrument.transferFrom, (owner, recipient, amount)));
        settle(instrument, owner, recipient, amount, v, done, answer);
    }

    /* ISSUER */

    function mintTo(uint256 to, bool inPounds, uint256 amount) external {
        Instrument instrument = pick(inPounds);
        address recipient = accounts[to % 4];
        amount = bound(amount, 0, 60_000);
        Verdict memory v = instrument.verdict(address(0), recipient, amount);
        vm.prank(issuer);
        (bool done, bytes memory answer) =
            address(instrument).call(abi.encodeCall(instrument.mint, (recipient, amount)));
        agree(v, done, answer, refusal(address(0), recipient, amount, v));
        if (done) requireEligible(instrument, recipient);
    }

    function burnFrom(uint256 from, bool inPounds, uint256 amount) external {
        Instrument instrument = pick(inPounds);
        address owner = accounts[from % 4];
        amount = bound(amount, 0, 3000);
        vm.prank(issuer);
        (bool done,) = address(instrument).call(abi.encodeCall(instrument.burn, (owner, amount)));
        if (done) requireEligible(instrument, owner);
    }

    /* TIME */

    function wait_(uint256 seconds_) external {
        vm.warp(block.timestamp + bound(seconds_, 1, 3 hours));
    }

    function waitLong(uint256 seconds_) external {
        vm.warp(block.timestamp + bound(seconds_, 1 hours, 12 days));
    }

    /// @dev To the last second of a window that the newest sending is in, or the first after it.
    function waitToTheEdge(bool month, bool past) external {
        if (sent.length == 0) return;
        uint256 edge = sent[sent.length - 1].time + (month ? 30 days : 24 hours) + (past ? 1 : 0);
        if (edge > block.timestamp) vm.warp(edge);
    }

    /* OFFICERS */

    function decideKyc(uint256 who, uint8 status, uint8 tier, uint256 lasts) external {
        address identity = identities[who % 3];
        // Mostly verified: a world of suspended people would test little.
        status = status % 5 == 0 ? 3 : 2;
        tier = tier % 8 == 0 ? 9 : 1 + tier % 2;
        uint64 expiry = uint64(block.timestamp + bound(lasts, 1 hours, 90 days));
        order(IOrders.Kind.DecideKyc, address(registry), abi.encode(identity, status, tier, expiry, bytes32(0)));
        standings[identity] = Standing(status, tier, expiry);
    }

    function setLimit(uint256 scope, uint256 subject, uint256 window, uint256 value) external {
        scope %= 3;
        window %= scope == 2 ? 3 : 4;
        bytes32 word_ = scope == 0 ? word(identities[subject % 3]) : word(1 + subject % 2);
        value = value % 7 == 0 ? NO_LIMIT : value % (window == 3 ? 80_000 : 3000);
        order(IOrders.Kind.SetLimit, address(policy), abi.encode(scope, word_, window, value));
        ghostLimit(scope, word_, window, value);
    }

    function setRate(bool inPounds, uint256 numerator, uint256 denominator) external {
        (numerator, denominator) = (1 + numerator % 5, 1 + denominator % 5);
        order(IOrders.Kind.SetRate, address(policy), abi.encode(pick(inPounds), numerator, denominator));
    }

    function freezeOrThaw(uint256 who, bool inPounds, bool thaw) external {
        IOrders.Kind kind = thaw ? IOrders.Kind.Unfreeze : IOrders.Kind.Freeze;
        bytes memory arguments = abi.encode(accounts[who % 4]);
        if (!thaw) arguments = bytes.concat(arguments, abi.encode(block.timestamp, block.timestamp + 3 days));
        order(kind, address(pick(inPounds)), arguments);
        frozenUntil[pick(inPounds)][accounts[who % 4]] = thaw ? 0 : block.timestamp + 3 days;
    }

    /// @dev Any of four wallets of three persons proposes, any sends: only some of it may be carried out.
    function anybodyOrders(uint256 proposer, uint256 sender, uint8 kind, bool forged) external {
        address[3] memory wallets = [administrator, officer, approver];
        uint256[3] memory keys = [ADMINISTRATOR_KEY, OFFICER_KEY, APPROVER_KEY];
        bool govern = kind % 2 == 0;
        IOrders.Order memory o = govern
            ? draft(IOrders.Kind.SetRoles, address(roles), abi.encode(stranger, person(9), uint256(kind) % 4 * 2))
            : draft(IOrders.Kind.SetRate, address(policy), abi.encode(address(0xdead), 1, 1));
        o.proposer = wallets[proposer % 3];
        bytes memory signature = signed(forged ? 0xbad : keys[proposer % 3], o);
        execute(o, signature, wallets[sender % 3]);
    }

    function replay(uint256 which, bool byProposer) external {
        if (_past.length == 0) return;
        which %= _past.length;
        execute(_past[which], _signatures[which], byProposer ? officer : approver);
    }
}
