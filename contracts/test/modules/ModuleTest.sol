// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Compliance} from "../../src/Compliance.sol";
import {Instrument} from "../../src/Instrument.sol";
import {InstrumentProxy} from "../../src/InstrumentProxy.sol";
import {Side} from "../../src/Sides.sol";
import {BoundModule} from "../../src/modules/BoundModule.sol";
import {Module} from "../../src/modules/Module.sol";
import {Cause, Movement} from "../../src/interfaces/IModule.sol";
import {Codes, Verdict} from "../../src/interfaces/IVerdict.sol";
import {LedgerTest} from "../Ledger.sol";

/// @dev An instrument under one rule alone.
abstract contract ModuleTest is LedgerTest {
    Instrument internal bond;
    Compliance internal rules;

    function issueUnder(address module) internal {
        address[] memory modules = new address[](1);
        modules[0] = module;
        rules = new Compliance(roles, modules);
        bytes memory first = abi.encodeCall(Instrument.initialize, ("Bond", "BND", 0, address(rules), address(0)));
        bond = Instrument(address(new InstrumentProxy(address(code), first)));
        rules.bindToken(address(bond));
    }

    function burn(address from, uint256 amount) internal {
        vm.prank(issuer);
        bond.burn(from, amount);
    }

    function force(address from, address to, uint256 amount) internal {
        vm.prank(address(orders));
        bond.forcedTransfer(from, to, amount);
    }

    function allowed(address from, address to, uint256 amount, uint256 headroom) internal view {
        Verdict memory v = bond.verdict(from, to, amount);
        vm.assertEq(v.code, Codes.ALLOWED);
        vm.assertEq(v.headroom, headroom);
    }

    function refused(address from, address to, uint256 amount, uint8 reason, uint256 headroom, bytes32 subject)
        internal
    {
        Verdict memory v = bond.verdict(from, to, amount);
        address module = rules.getModules()[0];
        vm.assertEq(abi.encode(v), abi.encode(Verdict(reason, module, headroom, subject)));
        vm.expectRevert(refusal(from, to, amount, v));
        if (from == address(0)) mint(bond, to, amount);
        else send(bond, from, to, amount);
    }

    function movement(Cause cause, address instrument, address from, address to, uint256 amount)
        internal
        view
        returns (Movement memory)
    {
        (Side sender, Side recipient) = registry.sides(from, to);
        return Movement(cause, instrument, from, to, amount, sender, recipient);
    }

    function notOrders(address module, bytes memory call) internal {
        vm.expectRevert(abi.encodeWithSelector(Module.NotOrders.selector, officer));
        vm.prank(officer);
        (bool done,) = module.call(call);
        vm.assertTrue(done); // the expected revert reads as success
    }

    /// @dev What both rules with books promise of them. `module` is new and of this deployer.
    function bindsOnceBeforeTheFirstUnit(BoundModule module) internal {
        vm.expectRevert(abi.encodeWithSelector(BoundModule.NotDeployer.selector, stranger));
        vm.prank(stranger);
        module.bindInstrument(address(bond));

        mint(euro, alice, 7);
        vm.expectRevert(abi.encodeWithSelector(BoundModule.AlreadyIssued.selector, address(euro), 7));
        module.bindInstrument(address(euro));

        vm.expectEmit(address(module));
        emit BoundModule.InstrumentBound(address(pound));
        module.bindInstrument(address(pound));
        vm.expectRevert(abi.encodeWithSelector(BoundModule.InstrumentTaken.selector, address(pound)));
        module.bindInstrument(address(bond));
    }

    function onlyTheBoundInstrumentsComplianceCounts(BoundModule module) internal {
        Movement memory minted = movement(Cause.Mint, address(bond), address(0), alice, 0);
        vm.expectRevert(abi.encodeWithSelector(BoundModule.NotCompliance.selector, stranger));
        vm.prank(stranger);
        module.record(minted);
        minted.instrument = address(pound);
        vm.expectRevert(abi.encodeWithSelector(BoundModule.OtherInstrument.selector, address(pound)));
        vm.prank(address(compliance));
        module.record(minted);
        vm.expectRevert(abi.encodeWithSelector(BoundModule.OtherInstrument.selector, address(pound)));
        module.check(minted);
    }
}
