// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Instrument} from "../../src/Instrument.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {Codes} from "../../src/interfaces/IVerdict.sol";
import {CountryRules} from "../../src/modules/CountryRules.sol";
import {HolderCap} from "../../src/modules/HolderCap.sol";
import {Preapproval} from "../../src/modules/Preapproval.sol";
import {SupplyCap} from "../../src/modules/SupplyCap.sol";
import {Ledger} from "../Ledger.sol";
import {bound} from "../Test.sol";

/// @dev One instrument under four rules, in this order: country, supply, holders, approval beforehand. The books below
/// are kept without them and say of every act whether it is refused, and by which rule.
contract ModulesHandler is Ledger {
    uint16[3] public countryNumbers = [uint16(250), 276, 840];
    /// @dev Amounts are few, so that approvals meet their transfers.
    uint256 public constant AMOUNTS = 4;

    Instrument public share;
    CountryRules public countries;
    SupplyCap public supplyCap;
    HolderCap public holderCap;
    Preapproval public preapproval;

    /* GHOSTS */

    address[4] public accounts;
    address[3] public identities;
    mapping(address account => address) public identityOf;
    mapping(address account => uint256) public balances;
    mapping(address identity => uint256) public holdings;
    mapping(address identity => uint16) public countryOf;
    mapping(uint16 country => bool) public listed;
    mapping(address from => mapping(address to => mapping(uint256 amount => uint256))) public approvedUntil;
    uint256 public supply;
    uint256 public supplyMost = 40;
    uint256 public holdersMost = 2;

    /// @dev Acts whose outcome or reason was not what the books said.
    uint256 public surprises;
    /// @dev Approvals given, and transfers of something that passed.
    uint256 public given;
    uint256 public passed;

    constructor() {
        deployLedger();
        uint16[] memory first = new uint16[](1);
        first[0] = 250;
        countries = new CountryRules(roles, CountryRules.Mode.Allow, first);
        supplyCap = new SupplyCap(roles, supplyMost);
        holderCap = new HolderCap(roles, holdersMost);
        preapproval = new Preapproval(roles);
        address[] memory modules = new address[](4);
        (modules[0], modules[1]) = (address(countries), address(supplyCap));
        (modules[2], modules[3]) = (address(holderCap), address(preapproval));
        (share,) = issueUnder("Share", "SHR", modules);
        holderCap.bindInstrument(address(share));
        preapproval.bindInstrument(address(share));
        // Only what has a rate takes orders.
        together(IOrders.Kind.SetRate, address(policy), abi.encode(share, 1, 1));

        accounts = [alice, alice2, bob, carol];
        identities = [aliceId, bobId, carolId];
        (identityOf[alice], identityOf[alice2], identityOf[bob], identityOf[carol]) = (aliceId, aliceId, bobId, carolId);
        for (uint256 i; i < 3; ++i) {
            countryOf[identities[i]] = 250;
        }
        listed[250] = true;
    }

    /* HOLDERS AND ISSUER */

    function pay(uint256 from, uint256 to, uint256 amount) public {
        (address a, address b) = (accounts[from % 4], accounts[to % 4]);
        amount %= AMOUNTS;
        uint8 code = expected(a, b, amount);
        if (share.detectTransferRestriction(a, b, amount) != code) ++surprises;
        vm.prank(a);
        (bool done,) = address(share).call(abi.encodeCall(share.transfer, (b, amount)));
        if (done != (code == Codes.ALLOWED)) ++surprises;
        if (!done) return;

        book(a, b, amount);
        if (amount == 0) return;
        delete approvedUntil[a][b][amount];
        ++passed;
    }

    function payApproved(uint256 from, uint256 to, uint256 amount) external {
        approve(from, to, amount, 1 hours);
        pay(from, to, amount);
    }

    function mintTo(uint256 to, uint256 amount) external {
        address b = accounts[to % 4];
        amount = bound(amount, 0, 15);
        uint8 code = Codes.ALLOWED;
        if (!listed[countryOf[identityOf[b]]]) code = Codes.COUNTRY;
        else if (supply + amount > supplyMost && amount != 0) code = Codes.SUPPLY_CAP;
        else if (amount != 0 && joins(b) && holders() >= holdersMost) code = Codes.HOLDER_CAP;
        if (share.detectTransferRestriction(address(0), b, amount) != code) ++surprises;
        vm.prank(issuer);
        (bool done,) = address(share).call(abi.encodeCall(share.mint, (b, amount)));
        if (done != (code == Codes.ALLOWED)) ++surprises;
        if (done) book(address(0), b, amount);
    }

    /// @dev No rule refuses it.
    function burnFrom(uint256 from, uint256 amount) external {
        address a = accounts[from % 4];
        amount = bound(amount, 0, balances[a]);
        vm.prank(issuer);
        share.burn(a, amount);
        book(a, address(0), amount);
    }

    /* OFFICERS */

    function force(uint256 from, uint256 to, uint256 amount) external {
        (address a, address b) = (accounts[from % 4], accounts[to % 4]);
        if (a == b) return;
        amount = bound(amount, 0, balances[a]);
        together(IOrders.Kind.ForcedTransfer, address(share), abi.encode(a, b, amount));
        book(a, b, amount);
    }

    function approve(uint256 from, uint256 to, uint256 amount, uint256 lasts) public {
        (address a, address b) = (accounts[from % 4], accounts[to % 4]);
        amount %= AMOUNTS;
        // One in eight takes back.
        uint256 until = lasts % 8 == 7 ? 0 : block.timestamp + bound(lasts, 1, 6 hours);
        alone(IOrders.Kind.Preapprove, address(preapproval), abi.encode(a, b, amount, until));
        if (until != 0) ++given;
        approvedUntil[a][b][amount] = until;
    }

    function list(uint256 which, uint256 yes) external {
        uint16 country = countryNumbers[which % 3];
        together(IOrders.Kind.SetCountryRule, address(countries), abi.encode(country, yes % 4 != 0));
        listed[country] = yes % 4 != 0;
    }

    function capSupply(uint256 cap) external {
        supplyMost = cap % 60;
        together(IOrders.Kind.SetSupplyCap, address(supplyCap), abi.encode(supplyMost));
    }

    function capHolders(uint256 cap) external {
        holdersMost = cap % 4;
        together(IOrders.Kind.SetHolderCap, address(holderCap), abi.encode(holdersMost));
    }

    function moveAbroad(uint256 who, uint256 where) external {
        (address identity, uint16 country) = (identities[who % 3], countryNumbers[where % 3]);
        if (countryOf[identity] == country) return;
        // Of a kind that may need one signature or two; two may do what one may.
        together(IOrders.Kind.SetCountry, address(registry), abi.encode(identity, country));
        countryOf[identity] = country;
    }

    function wait_(uint256 seconds_) external {
        vm.warp(block.timestamp + bound(seconds_, 1, 4 hours));
    }

    /* VIEWS: WHAT THE BOOKS SAY */

    function holders() public view returns (uint256 count) {
        for (uint256 i; i < 3; ++i) {
            if (holdings[identities[i]] != 0) ++count;
        }
    }

    function expected(address a, address b, uint256 amount) public view returns (uint8) {
        if (amount > balances[a]) return Codes.BALANCE;
        if (!listed[countryOf[identityOf[a]]] || !listed[countryOf[identityOf[b]]]) return Codes.COUNTRY;
        if (amount == 0) return Codes.ALLOWED;
        bool leaves = amount == holdings[identityOf[a]];
        if (identityOf[a] != identityOf[b] && joins(b) && holders() >= holdersMost && !leaves) return Codes.HOLDER_CAP;
        return block.timestamp < approvedUntil[a][b][amount] ? Codes.ALLOWED : Codes.NOT_PREAPPROVED;
    }

    /* INTERNAL */

    function joins(address account) internal view returns (bool) {
        return holdings[identityOf[account]] == 0;
    }

    function book(address from, address to, uint256 amount) internal {
        if (from == address(0)) {
            supply += amount;
        } else {
            (balances[from], holdings[identityOf[from]]) =
            (balances[from] - amount, holdings[identityOf[from]] - amount);
        }
        if (to == address(0)) supply -= amount;
        else (balances[to], holdings[identityOf[to]]) = (balances[to] + amount, holdings[identityOf[to]] + amount);
    }
}
