// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Anchor} from "../src/Anchor.sol";
import {Compliance} from "../src/Compliance.sol";
import {IdentityRegistry} from "../src/IdentityRegistry.sol";
import {Instrument} from "../src/Instrument.sol";
import {InstrumentProxy} from "../src/InstrumentProxy.sol";
import {LimitPolicy} from "../src/LimitPolicy.sol";
import {Orders} from "../src/Orders.sol";
import {Role, Roles} from "../src/Roles.sol";
import {IIdentityRegistry} from "../src/interfaces/IIdentityRegistry.sol";
import {IInstrument} from "../src/interfaces/IInstrument.sol";
import {ILimitPolicy} from "../src/interfaces/ILimitPolicy.sol";
import {IOrders} from "../src/interfaces/IOrders.sol";
import {Verdict} from "../src/interfaces/IVerdict.sol";
import {Test} from "./Test.sol";

/// @dev A whole ledger as it is deployed, two instruments, and people: the ground of nearly all tests.
abstract contract Ledger is Test {
    uint256 internal constant START = 1_800_000_123;
    uint256 internal constant NO_LIMIT = type(uint256).max;
    uint64 internal constant EXPIRY = 2_115_000_000;

    uint256 internal constant ADMINISTRATOR_KEY = 0xad;
    uint256 internal constant OFFICER_KEY = 0x0f;
    uint256 internal constant APPROVER_KEY = 0xa9;

    address internal administrator = vm.addr(ADMINISTRATOR_KEY);
    address internal officer = vm.addr(OFFICER_KEY);
    address internal approver = vm.addr(APPROVER_KEY);
    address internal registrar = address(0x4e6);
    address internal issuer = address(0x155);
    address internal anchorer = address(0xa2c);
    address internal stranger = address(0x57a);

    /// @dev Alice has two accounts, Bob and Carol one each. Carol is of another firm.
    address internal alice = address(0xa11ce);
    address internal alice2 = address(0xa11ce2);
    address internal bob = address(0xb0b);
    address internal carol = address(0xca401);
    address internal aliceId = address(0x1da);
    address internal bobId = address(0x1db);
    address internal carolId = address(0x1dc);

    Roles internal roles;
    IdentityRegistry internal registry;
    LimitPolicy internal policy;
    Orders internal orders;
    Anchor internal anchor;
    Compliance internal compliance;
    /// @dev The code that both instruments run.
    Instrument internal code;
    Instrument internal euro;
    Instrument internal pound;
    uint256 private _nonce;

    function deployLedger() internal {
        vm.warp(START);
        Roles.Officer[] memory officers = new Roles.Officer[](6);
        officers[0] = Roles.Officer(administrator, person(1), Role.ADMINISTRATOR);
        officers[1] = Roles.Officer(officer, person(2), Role.OFFICER);
        officers[2] = Roles.Officer(approver, person(3), Role.APPROVER);
        officers[3] = Roles.Officer(registrar, person(4), Role.REGISTRAR);
        officers[4] = Roles.Officer(issuer, person(5), Role.ISSUER);
        officers[5] = Roles.Officer(anchorer, person(6), Role.ANCHOR);
        roles = new Roles(officers);
        registry = new IdentityRegistry(roles);
        policy = new LimitPolicy(roles, registry);
        orders = new Orders(roles, registry, policy);
        anchor = new Anchor(roles);
        roles.setOrders(address(orders));
        code = new Instrument(roles, registry);
        (euro, compliance) = issue("Euro", "EUR");
        (pound,) = issue("Pound", "GBP");
        policy.found(foundingLimits(), foundingRates());

        vm.prank(registrar);
        registry.registerFirm(1, "FIRM ONE", "Firm One");
        vm.prank(registrar);
        registry.registerFirm(2, "FIRM TWO", "Firm Two");
        enrol(alice, aliceId, 1);
        enrol(alice2, aliceId, 1);
        enrol(bob, bobId, 1);
        enrol(carol, carolId, 2);
        verify(aliceId, 1);
        verify(bobId, 1);
        verify(carolId, 2);
    }

    function foundingLimits() internal virtual returns (ILimitPolicy.InitialLimit[] memory limits) {
        limits = new ILimitPolicy.InitialLimit[](8);
        for (uint256 w; w < 4; ++w) {
            uint256 ofTierOne = [uint256(1000), 1500, 4000, 100_000][w];
            limits[w] = ILimitPolicy.InitialLimit(ILimitPolicy.Scope.Tier, word(1), ILimitPolicy.Window(w), ofTierOne);
            limits[4 + w] =
                ILimitPolicy.InitialLimit(ILimitPolicy.Scope.Tier, word(2), ILimitPolicy.Window(w), NO_LIMIT);
        }
    }

    /// @dev A euro is one reference unit, a pound six fifths of one.
    function foundingRates() internal virtual returns (ILimitPolicy.InitialRate[] memory rates) {
        rates = new ILimitPolicy.InitialRate[](2);
        rates[0] = ILimitPolicy.InitialRate(address(euro), 1, 1);
        rates[1] = ILimitPolicy.InitialRate(address(pound), 6, 5);
    }

    /* DEEDS */

    function issue(string memory name, string memory symbol) internal returns (Instrument, Compliance) {
        address[] memory modules = new address[](1);
        modules[0] = address(policy);
        return issueUnder(name, symbol, modules);
    }

    function issueUnder(string memory name, string memory symbol, address[] memory modules)
        internal
        returns (Instrument i, Compliance c)
    {
        c = new Compliance(roles, modules);
        i = issueUnbound(name, symbol, c);
        c.bindToken(address(i));
    }

    function issueUnbound(string memory name, string memory symbol, Compliance c) internal returns (Instrument) {
        bytes memory first = abi.encodeCall(Instrument.initialize, (name, symbol, 2, address(c), address(0)));
        return Instrument(address(new InstrumentProxy(address(code), first)));
    }

    function enrol(address account, address identity, uint32 firm) internal {
        vm.prank(registrar);
        registry.register(account, identity, firm, 250);
    }

    function verify(address identity, uint8 tier) internal {
        decide(identity, IIdentityRegistry.Status.Verified, tier, EXPIRY);
    }

    function decide(address identity, IIdentityRegistry.Status status, uint8 tier, uint64 expiry) internal {
        bytes memory arguments = abi.encode(identity, status, tier, expiry, bytes32(0));
        alone(IOrders.Kind.DecideKyc, address(registry), arguments);
    }

    function limit(ILimitPolicy.Scope scope, bytes32 subject, ILimitPolicy.Window window, uint256 value) internal {
        together(IOrders.Kind.SetLimit, address(policy), abi.encode(scope, subject, window, value));
    }

    function freeze(address account) internal {
        uint64 until = uint64(block.timestamp + 3 days);
        alone(IOrders.Kind.Freeze, address(euro), abi.encode(account, until, until));
    }

    function mint(Instrument instrument, address to, uint256 amount) internal {
        vm.prank(issuer);
        instrument.mint(to, amount);
    }

    function send(Instrument instrument, address from, address to, uint256 amount) internal {
        vm.prank(from);
        instrument.transfer(to, amount);
    }

    /* ORDERS */

    function draft(IOrders.Kind kind, address target, bytes memory arguments)
        internal
        returns (IOrders.Order memory order)
    {
        order = IOrders.Order({
            kind: kind,
            target: target,
            arguments: arguments,
            reason: "REASON",
            legalRef: keccak256("a law"),
            proposer: officer,
            nonce: ++_nonce,
            deadline: uint64(block.timestamp + 1 days)
        });
    }

    function signed(uint256 key, IOrders.Order memory order) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, orders.idOf(order));
        return abi.encodePacked(r, s, v);
    }

    function alone(IOrders.Kind kind, address target, bytes memory arguments) internal returns (bytes32) {
        IOrders.Order memory order = draft(kind, target, arguments);
        vm.prank(officer);
        return orders.execute(order, "");
    }

    function together(IOrders.Kind kind, address target, bytes memory arguments) internal returns (bytes32) {
        IOrders.Order memory order = draft(kind, target, arguments);
        bytes memory signature = signed(OFFICER_KEY, order);
        vm.prank(approver);
        return orders.execute(order, signature);
    }

    /* WORDS */

    function refusal(address from, address to, uint256 amount, Verdict memory v) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(
            IInstrument.TransferRefused.selector, from, to, amount, v.code, v.module, v.headroom, v.subject
        );
    }

    function person(uint256 n) internal pure returns (bytes32) {
        return keccak256(abi.encode("person", n));
    }

    function word(uint256 n) internal pure returns (bytes32) {
        return bytes32(n);
    }

    function word(address account) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }
}

abstract contract LedgerTest is Ledger {
    function setUp() public virtual {
        deployLedger();
    }
}
