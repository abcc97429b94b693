// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IIdentity} from "../../src/interfaces/IIdentity.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {ClaimHolder, Vouch} from "../claims/Claimants.sol";
import {Ledger} from "../Ledger.sol";
import {bound} from "../Test.sol";

/// @dev Registrars, officers, issuers of claims, holders and people without any right, over a registry of its own.
/// The books below are kept without it; an act must succeed exactly if the books say so.
contract RegistryHandler is Ledger {
    struct Book {
        uint32 firm;
        uint16 country;
        uint8 status;
        uint8 tier;
        uint64 expiry;
        bool flagged;
    }

    uint256 internal constant TOPICS = 2;

    /* GHOSTS */

    address[8] public accounts;
    address[5] public identities;
    address[2] public issuers;
    mapping(address account => address) public linked;
    mapping(address identity => Book) public books;
    mapping(address issuer => mapping(uint256 topic => bool)) public trusted;
    mapping(uint256 topic => bool) public required;
    mapping(address identity => mapping(address issuer => mapping(uint256 topic => bool))) private _holds;
    mapping(address identity => mapping(address issuer => mapping(uint256 topic => bool))) private _stands;

    /// @dev Acts that succeeded against the books, or failed in spite of them.
    uint256 public surprises;
    /// @dev Movements from or to an account that the books call ineligible.
    uint256 public ineligibleMoves;

    constructor() {
        deployLedger();
        for (uint160 i; i < 8; ++i) {
            accounts[i] = address(0xacc00 + i);
        }
        // Three can hold claims, two are plain addresses.
        for (uint160 i; i < 5; ++i) {
            identities[i] = i < 3 ? address(new ClaimHolder()) : address(0x1d00 + i);
        }
        issuers = [address(new Vouch()), address(new Vouch())];
        for (uint256 i; i < 5; ++i) {
            link(i, i, 0, 0, false);
            decide(i, 2, 90 days);
        }
    }

    /* REGISTRAR */

    function link(uint256 account, uint256 identity, uint256 firm, uint256 country, bool asTheStandardHasIt) public {
        address a = accounts[account % 8];
        address i = identities[identity % 5];
        Book storage book = books[i];
        // Mostly what fits, now and then what does not.
        uint32 f = book.firm != 0 && firm % 4 != 0 ? book.firm : uint32(1 + firm % 3);
        uint16 c = book.firm != 0 && country % 4 != 0 ? book.country : [uint16(250), 276, 0, 1000][country % 4];

        bool isKnown = book.firm != 0;
        bool proper = linked[a] == address(0)
            && (isKnown
                    ? book.country == c && (asTheStandardHasIt || book.firm == f)
                    : !asTheStandardHasIt && f < 3 && c != 0 && c < 1000);
        bytes memory call = asTheStandardHasIt
            ? abi.encodeCall(registry.registerIdentity, (a, IIdentity(i), c))
            : abi.encodeCall(registry.register, (a, i, f, c));
        act(registrar, call, proper);
        if (!proper) return;
        linked[a] = i;
        if (!isKnown) (book.firm, book.country, book.status) = (f, c, 1);
    }

    /* OFFICERS */

    function decide(uint256 identity, uint8 status, uint256 lasts) public {
        Book storage book = books[identities[identity % 5]];
        status = status % 5 == 0 ? 3 : 2;
        uint64 expiry = uint64(block.timestamp + bound(lasts, 1 hours, 90 days));
        bytes memory arguments = abi.encode(identities[identity % 5], status, 1, expiry, bytes32(0));
        if (order(IOrders.Kind.DecideKyc, arguments, book.firm != 0)) {
            (book.status, book.tier, book.expiry) = (status, 1, expiry);
        }
    }

    /// @dev One person may flag, and not clear.
    function screen(uint256 identity, uint8 flagged, bool two) external {
        address i = identities[identity % 5];
        bool hit = flagged % 3 == 0;
        bool proper = books[i].firm != 0 && (hit || two);
        if (order(IOrders.Kind.SetScreening, abi.encode(i, hit), two, proper)) books[i].flagged = hit;
    }

    function moveAbroad(uint256 identity, uint16 country) external {
        address i = identities[identity % 5];
        country %= 1100;
        bool proper = books[i].firm != 0 && country != 0 && country < 1000 && country != books[i].country;
        if (order(IOrders.Kind.SetCountry, abi.encode(i, country), proper)) books[i].country = country;
    }

    function trust(uint256 issuer_, uint256 topic, bool yes) external {
        address i = issuers[issuer_ % 2];
        topic = 1 + topic % TOPICS;
        bool proper = trusted[i][topic] != yes;
        if (order(IOrders.Kind.SetTrustedIssuer, abi.encode(i, topic, yes), proper)) trusted[i][topic] = yes;
    }

    function requireTopic(uint256 topic, uint8 yes) external {
        topic = 1 + topic % TOPICS;
        bool wanted = yes % 3 == 0;
        bool proper = required[topic] != wanted && (!wanted || trusted[issuers[0]][topic] || trusted[issuers[1]][topic]);
        if (order(IOrders.Kind.SetClaimTopic, abi.encode(topic, wanted), proper)) required[topic] = wanted;
    }

    /* CLAIMS */

    function holdClaim(uint256 identity, uint256 issuer_, uint256 topic) external {
        (address id, address i, uint256 t) = (identities[identity % 3], issuers[issuer_ % 2], 1 + topic % TOPICS);
        ClaimHolder(id).addClaim(t, 1, i, "signature", "data", "");
        Vouch(i).set(id, t, true);
        _holds[id][i][t] = _stands[id][i][t] = true;
    }

    function dropClaim(uint256 identity, uint256 issuer_, uint256 topic) external {
        (address id, address i, uint256 t) = (identities[identity % 3], issuers[issuer_ % 2], 1 + topic % TOPICS);
        ClaimHolder(id).removeClaim(keccak256(abi.encode(i, t)));
        _holds[id][i][t] = false;
    }

    function revokeClaim(uint256 identity, uint256 issuer_, uint256 topic) external {
        (address id, address i, uint256 t) = (identities[identity % 3], issuers[issuer_ % 2], 1 + topic % TOPICS);
        Vouch(i).set(id, t, false);
        _stands[id][i][t] = false;
    }

    /* HOLDERS AND TIME */

    function pay(uint256 from, uint256 to) external {
        (address sender, address recipient) = (accounts[from % 8], accounts[to % 8]);
        vm.prank(issuer);
        (bool minted,) = address(euro).call(abi.encodeCall(euro.mint, (sender, 1)));
        vm.prank(sender);
        (bool moved,) = address(euro).call(abi.encodeCall(euro.transfer, (recipient, 1)));
        if (minted && !eligible(sender)) ++ineligibleMoves;
        if (moved && !(eligible(sender) && eligible(recipient))) ++ineligibleMoves;
    }

    function wait_(uint256 seconds_) external {
        vm.warp(block.timestamp + bound(seconds_, 1, 12 days));
    }

    /* ANYBODY */

    /// @dev Whoever asks, directly: none of it may succeed, with right arguments or wrong.
    function anybodyTries(uint256 who, uint256 what, uint256 account, uint256 identity) external {
        address caller = [officer, approver, administrator, registrar, issuer, stranger][who % 6];
        (address a, address i) = (accounts[account % 8], identities[identity % 5]);
        bytes[12] memory calls = [
            abi.encodeWithSelector(registry.decide.selector, i, 2, 1, EXPIRY, 0, 0),
            abi.encodeCall(registry.setFlag, (i, false, 0)),
            abi.encodeCall(registry.setCountry, (i, 300, 0)),
            abi.encodeCall(registry.setTrustedIssuer, (issuers[0], 1, true, 0)),
            abi.encodeCall(registry.setClaimTopic, (1, false, 0)),
            abi.encodeCall(registry.deleteIdentity, (a)),
            abi.encodeCall(registry.updateIdentity, (a, IIdentity(i))),
            abi.encodeCall(registry.updateCountry, (a, 300)),
            abi.encodeCall(registry.modifyStoredIdentity, (a, IIdentity(i))),
            abi.encodeCall(registry.addIdentityToStorage, (a, IIdentity(i), 250)),
            abi.encodeCall(registry.removeIdentityFromStorage, (a)),
            abi.encodeCall(registry.removeClaimTopic, (1))
        ];
        act(caller, calls[what % 12], false);
    }

    /* VIEWS: WHAT THE BOOKS SAY */

    function claimed(address identity) public view returns (bool) {
        for (uint256 t = 1; t <= TOPICS; ++t) {
            if (required[t] && !covered(identity, issuers[0], t) && !covered(identity, issuers[1], t)) return false;
        }
        return true;
    }

    function eligible(address account) public view returns (bool) {
        Book storage book = books[linked[account]];
        return book.status == 2 && block.timestamp < book.expiry && !book.flagged && claimed(linked[account]);
    }

    function ledger() external view returns (address) {
        return address(registry);
    }

    /* INTERNAL */

    function covered(address identity, address issuer_, uint256 topic) internal view returns (bool) {
        return trusted[issuer_][topic] && _holds[identity][issuer_][topic] && _stands[identity][issuer_][topic];
    }

    function act(address caller, bytes memory call, bool proper) internal {
        vm.prank(caller);
        (bool done,) = address(registry).call(call);
        if (done != proper) ++surprises;
    }

    /// @dev With as many signatures as the kind needs.
    function order(IOrders.Kind kind, bytes memory arguments, bool proper) internal returns (bool) {
        return order(kind, arguments, orders.signaturesFor(kind) == 2, proper);
    }

    /// @dev By the officer alone, or with the approver.
    function order(IOrders.Kind kind, bytes memory arguments, bool two, bool proper) internal returns (bool done) {
        IOrders.Order memory o = draft(kind, address(registry), arguments);
        bytes memory signature = two ? signed(OFFICER_KEY, o) : bytes("");
        vm.prank(two ? approver : officer);
        (done,) = address(orders).call(abi.encodeCall(orders.execute, (o, signature)));
        if (done != proper) ++surprises;
    }
}
