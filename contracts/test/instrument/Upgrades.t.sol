// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Instrument} from "../../src/Instrument.sol";
import {IIdentityRegistry} from "../../src/interfaces/IIdentityRegistry.sol";
import {IInstrument} from "../../src/interfaces/IInstrument.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {IRoles} from "../../src/interfaces/IRoles.sol";
import {IUpgradeable} from "../../src/interfaces/IUpgradeable.sol";
import {InstrumentGround} from "./InstrumentGround.sol";

/// @dev A later release: a function and storage of its own, all else as it was.
contract SecondRelease is Instrument {
    /// @custom:storage-location erc7201:plimsoll.storage.Second
    struct Second {
        uint256 greetings;
    }

    constructor(IRoles roles, IIdentityRegistry registry) Instrument(roles, registry) {}

    function greet() external returns (uint256) {
        return ++_second().greetings;
    }

    function version() public pure override returns (string memory) {
        return "2.0.0";
    }

    function _release() internal pure override returns (uint64) {
        return 2;
    }

    function _second() private pure returns (Second storage $) {
        assembly ("memory-safe") {
            $.slot := 0xcc0f
        }
    }
}

contract UpgradesTest is InstrumentGround {
    SecondRelease internal second;

    function setUp() public override {
        super.setUp();
        second = new SecondRelease(roles, registry);
        mint(pound, bob, 500);
    }

    /// @dev Canary, then all, then back: data before and after each step.
    function test_AStagedRollOut() public {
        freeze(alice);
        hold(alice, 700);
        vm.prank(alice);
        euro.approve(bob, 33);
        bytes memory euros = data(euro);
        bytes memory pounds = data(pound);

        order(euro, address(second));
        order(pound, address(second));
        vm.warp(block.timestamp + 2 days);
        activate(euro);
        vm.assertEq(data(euro), euros);
        vm.assertEq(SecondRelease(address(euro)).greet(), 1);
        vm.assertEq(euro.version(), "2.0.0");
        vm.assertEq(pound.version(), "1.0.0");
        send(euro, alice2, bob, 0);

        activate(pound);
        vm.assertEq(data(pound), pounds);
        vm.assertEq(pound.implementation(), address(second));

        order(euro, address(code));
        vm.assertEq(euro.implementation(), address(code));
        vm.assertEq(euro.version(), "1.0.0");
        vm.assertEq(data(euro), euros);
        vm.assertEq(pound.version(), "2.0.0");
        (bool done,) = address(euro).call(abi.encodeCall(SecondRelease.greet, ()));
        vm.assertFalse(done);
    }

    function test_OnlyOrdersSchedulesAndOnlyAnAdministratorActivates() public {
        expectDenied(administrator);
        euro.scheduleUpgrade(address(second));
        vm.expectRevert(abi.encodeWithSelector(IUpgradeable.NotAdministrator.selector, officer));
        vm.prank(officer);
        euro.activateUpgrade();
    }

    function test_NothingIsActivatedBeforeTheDelay() public {
        vm.expectRevert(abi.encodeWithSelector(IUpgradeable.NothingScheduled.selector));
        activate(euro);
        uint64 notBefore = uint64(block.timestamp + 2 days);
        vm.expectEmit(address(euro));
        emit IUpgradeable.UpgradeScheduled(address(second), 2, notBefore);
        order(euro, address(second));
        vm.warp(notBefore - 1);
        vm.expectRevert(abi.encodeWithSelector(IUpgradeable.UpgradeTooEarly.selector, notBefore));
        activate(euro);
        vm.warp(notBefore);
        vm.expectEmit(address(euro));
        emit IUpgradeable.UpgradeActivated(address(code), address(second), 2, notBefore + 30 days);
        activate(euro);
        vm.expectRevert(abi.encodeWithSelector(IUpgradeable.NothingScheduled.selector));
        activate(euro);
    }

    function test_AnOrderTakesTheScheduledBack() public {
        order(euro, address(second));
        vm.expectEmit(address(euro));
        emit IUpgradeable.UpgradeCancelled(address(second));
        order(euro, address(0));
        (address scheduled, uint64 notBefore) = euro.scheduledUpgrade();
        vm.assertEq(scheduled, address(0));
        vm.assertEq(uint256(notBefore), 0);
        refusedOrder(address(0), abi.encodeWithSelector(IUpgradeable.NothingScheduled.selector));
    }

    function test_AnotherOrderReplacesTheScheduledAndBeginsTheDelayAnew() public {
        order(euro, address(second));
        vm.warp(block.timestamp + 1 days);
        SecondRelease other = new SecondRelease(roles, registry);
        order(euro, address(other));
        (address scheduled, uint64 notBefore) = euro.scheduledUpgrade();
        vm.assertEq(scheduled, address(other));
        vm.assertEq(uint256(notBefore), block.timestamp + 2 days);
    }

    function test_ARollbackHasAWindowAndIsOnce() public {
        order(euro, address(second));
        vm.warp(block.timestamp + 2 days);
        activate(euro);
        (address previous, uint64 until) = euro.previousImplementation();
        vm.assertEq(previous, address(code));
        vm.warp(until);
        refusedOrder(address(code), abi.encodeWithSelector(IUpgradeable.ReleaseNotGrown.selector, 1, 2));
        vm.warp(until - 1);
        vm.expectEmit(address(euro));
        emit IUpgradeable.UpgradeRolledBack(address(second), address(code), 1);
        order(euro, address(code));
        (previous,) = euro.previousImplementation();
        vm.assertEq(previous, address(0));
        refusedOrder(address(code), abi.encodeWithSelector(IUpgradeable.ReleaseNotGrown.selector, 1, 1));
    }

    function test_OnlyALaterReleaseOfTheSameWiring() public {
        refusedOrder(address(code), abi.encodeWithSelector(IUpgradeable.ReleaseNotGrown.selector, 1, 1));
        refusedOrder(stranger, abi.encodeWithSelector(IUpgradeable.NotAnImplementation.selector, stranger));
        address no = address(registry);
        refusedOrder(no, abi.encodeWithSelector(IUpgradeable.NotAnImplementation.selector, no));
        SecondRelease foreign = new SecondRelease(IRoles(stranger), registry);
        refusedOrder(
            address(foreign),
            abi.encodeWithSelector(IUpgradeable.OtherWiring.selector, address(foreign), stranger, address(registry))
        );
    }

    /// @dev The canary's address in place of its code's: it answers for its code, and would be asked without end.
    function test_AnInstrumentIsNoCode() public {
        order(pound, address(second));
        vm.warp(block.timestamp + 2 days);
        activate(pound);
        IOrders.Order memory o = draft(IOrders.Kind.Upgrade, address(euro), abi.encode(pound));
        bytes memory signature = signed(OFFICER_KEY, o);
        vm.expectRevert(abi.encodeWithSelector(IUpgradeable.NotAnImplementation.selector, address(pound)));
        vm.prank(approver);
        orders.execute(o, signature);
        order(euro, address(second));
    }

    /* HELPERS */

    function order(Instrument instrument, address implementation) internal {
        together(IOrders.Kind.Upgrade, address(instrument), abi.encode(implementation));
    }

    function refusedOrder(address implementation, bytes memory why) internal {
        vm.expectRevert(why);
        ordered();
        euro.scheduleUpgrade(implementation);
    }

    function activate(Instrument instrument) internal {
        vm.prank(administrator);
        instrument.activateUpgrade();
    }

    /// @dev All that a holder or an officer can see of one instrument.
    function data(Instrument i) internal view returns (bytes memory) {
        return abi.encode(
            abi.encode(i.name(), i.symbol(), i.decimals(), i.totalSupply(), i.compliance(), i.identityRegistry()),
            abi.encode(i.balanceOf(alice), i.balanceOf(bob), i.allowance(alice, bob), i.nonces(alice)),
            abi.encode(i.getFrozenTokens(alice), i.frozenUntil(alice), i.pausedUntil(), i.DOMAIN_SEPARATOR())
        );
    }
}
