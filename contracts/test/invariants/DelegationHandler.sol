// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Roles} from "../../src/Roles.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {Ledger} from "../Ledger.sol";

/// @dev Five wallets of four persons whose roles and deputies change; each pair of them tries to order. The books below
/// are kept without the contracts: every act must succeed exactly if they say so.
contract DelegationHandler is Ledger {
    struct Loan {
        address principal;
        uint256 startsAt;
        uint256 until;
    }

    uint256 internal constant OFFICERS = 2;
    uint256 internal constant APPROVERS = 4;

    /* GHOSTS */

    address[5] public wallets;
    uint256[5] public keys;
    mapping(address wallet => uint256) public rolesOf;
    mapping(address wallet => uint256) public personOf;
    mapping(address wallet => uint256) public firstOf;
    mapping(address deputy => Loan) public loans;
    uint256 public surprises;
    uint256 public executed;

    constructor() {
        deployLedger();
        keys = [ADMINISTRATOR_KEY, OFFICER_KEY, APPROVER_KEY, 0xde9, 0x5ec];
        for (uint256 i; i < 5; ++i) {
            wallets[i] = vm.addr(keys[i]);
        }
        (rolesOf[wallets[0]], rolesOf[wallets[1]], rolesOf[wallets[2]]) = (1, 2, 4);
        (personOf[wallets[0]], personOf[wallets[1]], personOf[wallets[2]]) = (1, 2, 3);
        (firstOf[wallets[0]], firstOf[wallets[1]], firstOf[wallets[2]]) = (1, 2, 3);
        setRoles(3, 9, 8);
        setRoles(4, 2, 4);
    }

    /* GOVERNANCE */

    /// @dev As Orders calls it; who may order it is tried below.
    function setRoles(uint256 who, uint256 person_, uint256 what) public {
        address w = wallets[who % 5];
        // Mostly a role that orders need, now and then none.
        what = [uint256(0), 2, 2, 4, 4, 6, 6, 7, 8, 1][what % 10];
        // Mostly its own person: another is refused.
        uint256 first = firstOf[w];
        uint256 owner = what == 0 ? 0 : first == 0 || person_ % 5 == 0 ? 1 + person_ % 4 : first;
        bool proper = what & 1 != 0 || rolesOf[w] & 1 == 0 || administrators() > 1;
        proper = proper && (owner == 0 || first == 0 || owner == first);
        uint256 left = governorsWith(w, owner, what);
        proper = proper && (left > 1 || left >= governorsWith(w, personOf[w], rolesOf[w]));
        bytes memory call = abi.encodeCall(roles.setRoles, (w, owner == 0 ? bytes32(0) : person(owner), what, "id"));
        if (!ordered(call, proper)) return;

        if (owner == 0) delete loans[w];
        else firstOf[w] = owner;
        if (rolesOf[w] & ~what & 6 != 0) end(w);
        (rolesOf[w], personOf[w]) = (what, owner);
    }

    function delegate(uint256 from, uint256 to, uint256 starts, uint256 lasts) external {
        (address p, address d) = (wallets[from % 5], wallets[to % 5]);
        uint256 startsAt = block.timestamp + starts % 3 * 6 hours;
        // One in six only ends; one in six is too long.
        uint256 until = startsAt + [uint256(0), 1 hours, 1 days, 9 days, 30 days, 31 days][lasts % 6];
        if (lasts % 6 == 0) until = 0;
        bool proper = personOf[d] != 0 && personOf[p] != personOf[d];
        if (until != 0) proper = proper && rolesOf[p] & 6 != 0 && lasts % 6 != 5;
        if (!ordered(abi.encodeCall(roles.setDelegation, (p, d, uint64(startsAt), uint64(until), "id")), proper)) {
            return;
        }

        delete loans[d];
        end(p);
        if (until != 0) loans[d] = Loan(p, startsAt, until);
    }

    function wait_(uint256 how) external {
        vm.warp(block.timestamp + [uint256(1 hours), 6 hours, 1 days, 8 days][how % 4]);
    }

    /// @dev To the second in which a loan ends.
    function waitToTheEnd(uint256 whose) external {
        uint256 until = loans[wallets[whose % 5]].until;
        if (until > block.timestamp) vm.warp(until);
    }

    /* ORDERS */

    /// @dev Any wallet's signature, any wallet's transaction; one kind that a delegate may order and one it may not.
    function order(uint256 proposer, uint256 sender, bool governs) external {
        IOrders.Order memory o = governs
            ? draft(IOrders.Kind.SetSignatures, address(orders), abi.encode(IOrders.Kind.SetRate, 2))
            : draft(IOrders.Kind.SetRate, address(policy), abi.encode(euro, 1, 1));
        address s = wallets[sender % 5];
        o.proposer = wallets[proposer % 5];
        bytes memory signature = signed(keys[proposer % 5], o);
        vm.prank(s);
        (bool done,) = address(orders).call(abi.encodeCall(orders.execute, (o, signature)));
        if (done != mayOrder(o.proposer, s, governs)) ++surprises;
        if (done) ++executed;
    }

    /* VIEWS: WHAT THE BOOKS SAY */

    function mayOrder(address proposer, address sender, bool governs) public view returns (bool) {
        if (governs) {
            bool both = rolesOf[proposer] & (OFFICERS | 1) != 0 && rolesOf[sender] & (APPROVERS | 1) != 0;
            return both && personOf[proposer] != personOf[sender];
        }
        (bool proposes, uint256 behind) = mayAct(proposer, OFFICERS);
        (bool approves, uint256 beside) = mayAct(sender, APPROVERS);
        if (!proposes || !approves) return false;
        uint256[2] memory makers = [personOf[proposer], behind];
        for (uint256 i; i < 2; ++i) {
            if (makers[i] != 0 && (makers[i] == personOf[sender] || makers[i] == beside)) return false;
        }
        return true;
    }

    /// @return may @return behind The person who lent the role; zero if it is one's own.
    function mayAct(address wallet, uint256 role) public view returns (bool may, uint256 behind) {
        if (rolesOf[wallet] & role != 0) return (true, 0);
        Loan memory l = loans[wallet];
        bool runs = l.startsAt <= block.timestamp && block.timestamp < l.until;
        return runs && rolesOf[l.principal] & role != 0 ? (true, personOf[l.principal]) : (false, 0);
    }

    function administrators() public view returns (uint256 count) {
        for (uint256 i; i < 5; ++i) {
            count += rolesOf[wallets[i]] & 1;
        }
    }

    /// @return count Of persons who may sign what governs, once `w` is of this owner and has these roles.
    function governorsWith(address w, uint256 owner, uint256 what) public view returns (uint256 count) {
        for (uint256 p = 1; p <= 4; ++p) {
            bool governs;
            for (uint256 i; i < 5; ++i) {
                address wallet = wallets[i];
                (uint256 its, uint256 whose) = wallet == w ? (what, owner) : (rolesOf[wallet], personOf[wallet]);
                governs = governs || (whose == p && its & 7 != 0);
            }
            if (governs) ++count;
        }
    }

    function ledger() external view returns (Roles) {
        return roles;
    }

    /* INTERNAL */

    /// @dev What this wallet lent.
    function end(address principal) internal {
        for (uint256 i; i < 5; ++i) {
            if (loans[wallets[i]].principal == principal) delete loans[wallets[i]];
        }
    }

    function ordered(bytes memory call, bool proper) internal returns (bool done) {
        vm.prank(address(orders));
        (done,) = address(roles).call(call);
        if (done != proper) ++surprises;
    }
}
