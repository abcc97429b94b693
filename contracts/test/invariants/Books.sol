// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Instrument} from "../../src/Instrument.sol";
import {ILimitPolicy} from "../../src/interfaces/ILimitPolicy.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {Verdict} from "../../src/interfaces/IVerdict.sol";
import {Ledger} from "../Ledger.sol";

/// @dev What a ledger's promises say must have happened, kept beside it without asking it; and how acts are entered.
abstract contract Books is Ledger {
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
    mapping(address identity => Standing) public standings;
    mapping(uint256 scope => mapping(bytes32 subject => mapping(uint256 window => uint256))) private _limitPlusOne;

    mapping(Instrument => mapping(address account => uint256)) public frozenUntil;
    IOrders.Order[] internal _past;
    bytes[] internal _signatures;

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
