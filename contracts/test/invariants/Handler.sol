// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Instrument} from "../../src/Instrument.sol";
import {IIdentityRegistry} from "../../src/interfaces/IIdentityRegistry.sol";
import {ILimitPolicy} from "../../src/interfaces/ILimitPolicy.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {Verdict} from "../../src/interfaces/IVerdict.sol";
import {Ledger} from "../Ledger.sol";
import {bound} from "../Test.sol";

/// @dev Everybody at once, over a ledger of its own. Each act may be refused, none may surprise: what a rule promises is
/// kept beside in ghost state, computed without the contracts under test, and compared by the invariants.
contract Handler is Ledger {
    struct Sent {
        uint256 time;
        uint256 value;
        address identity;
        uint32 firm;
        /// @dev What stood for the sender when it sent: its own or its tier's, by window.
        uint256[3] limits;
        uint256[3] firmLimits;
    }

    struct Standing {
        uint8 status;
        uint8 tier;
        uint64 expiry;
    }

    struct Executed {
        bytes32 proposer;
        bytes32 approver;
        bool two;
    }

    /* GHOSTS */

    Sent[] public sent;
    Executed[] public executed;
    mapping(bytes32 id => uint256) public executions;
    uint256 public mostExecutions;
    /// @dev Movements whose party was not verified, was expired or frozen by the ghost's own book.
    uint256 public ineligibleMoves;
    /// @dev Deeds that did not do exactly what the view had said.
    uint256 public disagreements;
    /// @dev Changes of the closed world's rules that nobody executed an order for.
    mapping(address identity => Standing) public standings;
    mapping(uint256 scope => mapping(bytes32 subject => mapping(uint256 window => uint256))) private _limitPlusOne;

    IOrders.Order[] private _past;
    bytes[] private _signatures;

    address[4] public accounts;
    address[3] public identities;
    mapping(address account => address) public identityOf;

    constructor() {
        deployLedger();
        accounts = [alice, alice2, bob, carol];
        identities = [aliceId, bobId, carolId];
        (identityOf[alice], identityOf[alice2], identityOf[bob], identityOf[carol]) = (aliceId, aliceId, bobId, carolId);
        standings[aliceId] = Standing(2, 1, EXPIRY);
        standings[bobId] = Standing(2, 1, EXPIRY);
        standings[carolId] = Standing(2, 2, EXPIRY);
        ILimitPolicy.InitialLimit[] memory limits = foundingLimits();
        for (uint256 i; i < limits.length; ++i) {
            ghostLimit(uint256(limits[i].scope), limits[i].subject, uint256(limits[i].window), limits[i].limit);
        }
        for (uint256 i; i < accounts.length; ++i) {
            mint(euro, accounts[i], 5000);
            mint(pound, accounts[i], 5000);
        }
    }

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

    mapping(Instrument => mapping(address account => uint256)) public frozenUntil;

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

    /* VIEWS */

    function sentCount() external view returns (uint256) {
        return sent.length;
    }

    function executedCount() external view returns (uint256) {
        return executed.length;
    }

    /// @dev What was sent since `from`, exclusive, by one identity or, with a zero identity, by one firm.
    function sentSince(uint256 from, address identity, uint32 firm) external view returns (uint256 sum) {
        for (uint256 i; i < sent.length; ++i) {
            bool theirs = identity != address(0) ? sent[i].identity == identity : sent[i].firm == firm;
            if (theirs && sent[i].time > from) sum += sent[i].value;
        }
    }

    function lastSent() external view returns (Sent memory) {
        return sent[sent.length - 1];
    }

    function held(Instrument instrument, address identity) external view returns (uint256 sum) {
        for (uint256 i; i < 4; ++i) {
            if (identityOf[accounts[i]] == identity) sum += instrument.balanceOf(accounts[i]);
        }
    }

    function ledger() external view returns (Instrument, Instrument, address policy_, address registry_) {
        return (euro, pound, address(policy), address(registry));
    }

    /* INTERNAL */

    function move(bool inPounds, address from, address to, uint256 amount) internal {
        Instrument instrument = pick(inPounds);
        Verdict memory v = instrument.verdict(from, to, amount);
        vm.prank(from);
        (bool done, bytes memory answer) = address(instrument).call(abi.encodeCall(instrument.transfer, (to, amount)));
        settle(instrument, from, to, amount, v, done, answer);
    }

    function settle(
        Instrument instrument,
        address from,
        address to,
        uint256 amount,
        Verdict memory v,
        bool done,
        bytes memory answer
    ) internal {
        agree(v, done, answer, refusal(from, to, amount, v));
        if (!done) return;
        requireEligible(instrument, from);
        requireEligible(instrument, to);
        if (amount == 0 || identityOf[from] == identityOf[to]) return;

        (uint128 numerator, uint128 denominator) = policy.rateOf(address(instrument));
        Sent storage s = sent.push();
        s.time = block.timestamp;
        s.value = (amount * numerator + denominator - 1) / denominator;
        s.identity = identityOf[from];
        s.firm = s.identity == carolId ? 2 : 1;
        for (uint256 w; w < 3; ++w) {
            uint256 own = _limitPlusOne[0][word(s.identity)][w];
            s.limits[w] = own != 0 ? own - 1 : ghostTier(standings[s.identity].tier, w);
            uint256 ofFirm = _limitPlusOne[2][word(s.firm)][w];
            s.firmLimits[w] = ofFirm == 0 ? type(uint256).max : ofFirm - 1;
        }
    }

    function agree(Verdict memory v, bool done, bytes memory answer, bytes memory refused) internal {
        if (done ? v.code != 0 : keccak256(answer) != keccak256(refused)) ++disagreements;
    }

    function requireEligible(Instrument instrument, address account) internal {
        Standing memory s = standings[identityOf[account]];
        bool frozen = block.timestamp < frozenUntil[instrument][account];
        if (s.status != 2 || block.timestamp >= s.expiry || frozen) ++ineligibleMoves;
    }

    /// @dev An order as it should be: by the officer alone, or with the approver. It must succeed.
    function order(IOrders.Kind kind, address target, bytes memory arguments) internal {
        IOrders.Order memory o = draft(kind, target, arguments);
        bytes memory signature = signed(OFFICER_KEY, o);
        address sender = orders.signaturesFor(kind) == 1 ? officer : approver;
        require(execute(o, signature, sender), "a proper order failed");
    }

    function execute(IOrders.Order memory o, bytes memory signature, address sender) internal returns (bool done) {
        vm.prank(sender);
        (done,) = address(orders).call(abi.encodeCall(orders.execute, (o, signature)));
        if (!done) return false;
        bytes32 id = orders.idOf(o);
        if (++executions[id] > mostExecutions) mostExecutions = executions[id];
        executed.push(Executed(personBehind(o.proposer), personBehind(sender), orders.signaturesFor(o.kind) == 2));
        _past.push(o);
        _signatures.push(signature);
    }

    /// @dev The ghost's own table, not the contract's.
    function personBehind(address wallet) internal view returns (bytes32) {
        return wallet == administrator ? person(1) : wallet == officer ? person(2) : person(3);
    }

    function ghostLimit(uint256 scope, bytes32 subject, uint256 window, uint256 value) internal {
        _limitPlusOne[scope][subject][window] = value == NO_LIMIT ? NO_LIMIT : value + 1;
    }

    function ghostTier(uint256 tier, uint256 window) internal view returns (uint256) {
        uint256 stated = _limitPlusOne[1][word(tier)][window];
        return stated == 0 ? 0 : stated - 1;
    }

    function pick(bool inPounds) internal view returns (Instrument) {
        return inPounds ? pound : euro;
    }
}
