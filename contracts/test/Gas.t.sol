// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Compliance} from "../src/Compliance.sol";
import {IdentityRegistry} from "../src/IdentityRegistry.sol";
import {Instrument} from "../src/Instrument.sol";
import {InstrumentProxy} from "../src/InstrumentProxy.sol";
import {Roles} from "../src/Roles.sol";
import {ILimitPolicy} from "../src/interfaces/ILimitPolicy.sol";
import {IOrders} from "../src/interfaces/IOrders.sol";
import {CountryRules} from "../src/modules/CountryRules.sol";
import {HolderCap} from "../src/modules/HolderCap.sol";
import {Preapproval} from "../src/modules/Preapproval.sol";
import {SupplyCap} from "../src/modules/SupplyCap.sol";
import {LedgerTest} from "./Ledger.sol";

/// @dev Each call below is a transaction of its own: accounts and slots are cold, as on a chain. The bond asks for
/// identity, freeze, country, maximum balance, and limits per transfer, 24 hours and 30 days of identity and firm.
/// What is measured is kept in contracts/gas, to the unit; the bounds here are promises. docs/gas.md has both in words.
/// forge-config: default.isolate = true
contract GasTest is LedgerTest {
    uint256 internal constant MOST_OF_ALL = 15_000_000;

    Instrument internal bond;
    CountryRules internal countries;
    address[] internal crowd;

    function setUp() public override {
        super.setUp();
        uint16[] memory listed = new uint16[](1);
        listed[0] = 250;
        address[] memory modules = new address[](2);
        countries = new CountryRules(roles, CountryRules.Mode.Allow, listed);
        modules[0] = address(countries);
        modules[1] = address(policy);
        Compliance rules = new Compliance(roles, modules);
        bytes memory first = abi.encodeCall(Instrument.initialize, ("Bond", "BND", 2, address(rules), address(0)));
        bond = Instrument(address(new InstrumentProxy(address(code), first)));
        rules.bindToken(address(bond));
        vm.prank(address(orders));
        policy.setRate(address(bond), 1, 1, 0);
        for (uint256 w; w < 3; ++w) {
            vm.prank(address(orders));
            policy.setLimit(ILimitPolicy.Scope.Firm, word(1), ILimitPolicy.Window(w), 1_000_000, 0);
        }
        mint(bond, alice, 2000);
        vm.warp((START / 1 days + 2) * 1 days);
    }

    function test_ATransferCostsBoundedGas() public {
        cost(bob, 225_000, "first ever");
        cost(bob, 139_000, "again within the hour");
        vm.warp(block.timestamp + 1 hours);
        cost(bob, 197_000, "in a new hour");
        vm.warp(block.timestamp + 1 hours);
        cost(bob, 162_000, "in a new hour, its page used");
        mint(pound, bob, 100);
        cost(bob, 144_000, "recipient holds another instrument too");
        // The longest walks: all hours but one have left since, then all days but one.
        vm.warp(block.timestamp + 24 hours);
        cost(bob, 275_000, "a day later");
        vm.warp(block.timestamp + 30 days);
        cost(bob, 321_000, "a month later");
    }

    function test_ABatchCostsBoundedGas() public {
        batch(10, 515_000, "of 10");
        batch(50, 2_176_000, "of 50");
        batch(100, 4_264_000, "of 100");
    }

    function cost(address to, uint256 most, string memory when) internal {
        send(bond, alice, to, 1);
        vm.snapshotGasLastCall("transfer", when);
        vm.assertLe(vm.lastCallGas().gasTotalUsed, most, when);
    }

    /// @dev To distinct holders who hold some already.
    function batch(uint256 size, uint256 most, string memory which) internal {
        for (uint160 i = uint160(crowd.length); i < size; ++i) {
            crowd.push(address(0xc0000000 + i));
            enrol(crowd[i], address(0x1c0000000 + i), 2);
            verify(address(0x1c0000000 + i), 1);
            mint(bond, crowd[i], 1);
        }
        uint256[] memory amounts = new uint256[](size);
        for (uint256 i; i < size; ++i) {
            amounts[i] = 1;
        }
        send(bond, alice, bob, 1);
        vm.prank(alice);
        bond.batchTransfer(crowd, amounts);
        vm.snapshotGasLastCall("batch", which);
        vm.assertLe(vm.lastCallGas().gasTotalUsed, most, which);
        vm.assertLe(most, MOST_OF_ALL, "half a block");
    }

    /* orders */

    function test_EachKindOfOrderCostsBoundedGas() public {
        uint256 inAnHour = block.timestamp + 1 hours;
        carry(IOrders.Kind.DecideKyc, address(registry), abi.encode(bobId, 2, 1, EXPIRY, word(1)), "01 DecideKyc");
        carry(IOrders.Kind.SetLimit, address(policy), abi.encode(0, word(bobId), 1, 5), "02 SetLimit");
        carry(IOrders.Kind.SetRate, address(policy), abi.encode(bond, 2, 1), "03 SetRate");
        carry(IOrders.Kind.Freeze, address(bond), abi.encode(bob, inAnHour, inAnHour), "04 Freeze");
        carry(IOrders.Kind.Unfreeze, address(bond), abi.encode(bob), "05 Unfreeze");
        carry(IOrders.Kind.SetRoles, address(roles), abi.encode(stranger, person(9), 2), "06 SetRoles");
        carry(IOrders.Kind.SetSignatures, address(orders), abi.encode(IOrders.Kind.Freeze, 1), "07 SetSignatures");
        carry(IOrders.Kind.Pause, address(bond), abi.encode(bond, inAnHour, inAnHour), "08 Pause");
        carry(IOrders.Kind.Unpause, address(bond), abi.encode(bond), "09 Unpause");
        carry(IOrders.Kind.FreezeAmount, address(bond), abi.encode(bob, 5), "10 FreezeAmount");
        carry(IOrders.Kind.ForcedTransfer, address(bond), abi.encode(alice, bob, 1), "11 ForcedTransfer");
        carry(IOrders.Kind.Recover, address(bond), abi.encode(alice, alice2, aliceId), "12 Recover");
        address module = address(countries);
        carry(IOrders.Kind.SetCountryRule, module, abi.encode(392, true), "13 SetCountryRule");
        module = address(new SupplyCap(roles, 1));
        carry(IOrders.Kind.SetSupplyCap, module, abi.encode(2), "14 SetSupplyCap");
        module = address(new HolderCap(roles, 1));
        carry(IOrders.Kind.SetHolderCap, module, abi.encode(2), "15 SetHolderCap");
        module = address(new Preapproval(roles));
        carry(IOrders.Kind.Preapprove, module, abi.encode(alice, bob, 1, inAnHour), "16 Preapprove");
        carry(IOrders.Kind.SetScreening, address(registry), abi.encode(bobId, true), "17 SetScreening");
        bytes memory trust = abi.encode(address(code), 7, true);
        carry(IOrders.Kind.SetTrustedIssuer, address(registry), trust, "18 SetTrustedIssuer");
        carry(IOrders.Kind.SetClaimTopic, address(registry), abi.encode(7, true), "19 SetClaimTopic");
        bytes memory deputy = abi.encode(approver, administrator, block.timestamp, block.timestamp + 1 days);
        carry(IOrders.Kind.Delegate, address(roles), deputy, "20 Delegate");
        Compliance next = new Compliance(roles, new address[](0));
        next.bindToken(address(bond));
        carry(IOrders.Kind.SetCompliance, address(bond), abi.encode(next), "21 SetCompliance");
        address build = address(new NextInstrument(roles, registry));
        carry(IOrders.Kind.Upgrade, address(bond), abi.encode(build), "22 Upgrade");
        carry(IOrders.Kind.SetCountry, address(registry), abi.encode(bobId, 276), "23 SetCountry");
    }

    /// @dev With as many signatures as the kind needs.
    function carry(IOrders.Kind kind, address target, bytes memory arguments, string memory name) internal {
        if (orders.signaturesFor(kind) == 1) alone(kind, target, arguments);
        else together(kind, target, arguments);
        vm.snapshotGasLastCall("order", name);
        vm.assertLe(vm.lastCallGas().gasTotalUsed, 400_000, name);
    }
}

contract NextInstrument is Instrument {
    constructor(Roles roles, IdentityRegistry registry) Instrument(roles, registry) {}

    function _release() internal pure override returns (uint64) {
        return 2;
    }
}
