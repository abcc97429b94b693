// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {CountryRules} from "../../src/modules/CountryRules.sol";
import {Fitness, Sides} from "../../src/Sides.sol";
import {Cause, Movement} from "../../src/interfaces/IModule.sol";
import {Codes} from "../../src/interfaces/IVerdict.sol";
import {ModuleTest} from "./ModuleTest.sol";

/// @dev Alice and Bob are of France (250), Dave of Japan (392).
contract CountryRulesTest is ModuleTest {
    CountryRules internal allow;
    address internal dave = address(0xda7e);
    address internal daveId = address(0x1dd);

    function setUp() public override {
        super.setUp();
        uint16[] memory listed = new uint16[](1);
        listed[0] = 250;
        allow = new CountryRules(roles, CountryRules.Mode.Allow, listed);
        issueUnder(address(allow));
        vm.prank(registrar);
        registry.register(dave, daveId, 1, 392);
        verify(daveId, 1);
        mint(bond, alice, 100);
    }

    function test_OnlyOrdersLists() public {
        notOrders(address(allow), abi.encodeCall(allow.setCountry, (392, true, "id")));
    }

    function test_SaysWhatItListsFromTheFirst() public {
        uint16[] memory listed = new uint16[](1);
        listed[0] = 392;
        vm.recordLogs();
        CountryRules restrict = new CountryRules(roles, CountryRules.Mode.Restrict, listed);
        vm.assertTrue(restrict.isListed(392));
        bytes32[] memory topics = vm.getRecordedLogs()[0].topics;
        vm.assertEq(topics[0], CountryRules.CountryListed.selector);
        vm.assertEq(topics[1], word(392));
        vm.expectEmit(address(allow));
        emit CountryRules.CountryListed(392, true, "id");
        set(allow, 392, true);
    }

    function test_ACountryHasThreeDigits() public {
        vm.expectRevert(abi.encodeWithSelector(CountryRules.UnknownCountry.selector, 0));
        set(allow, 0, true);
        vm.expectRevert(abi.encodeWithSelector(CountryRules.UnknownCountry.selector, 1000));
        set(allow, 1000, true);
        set(allow, 999, true);
        vm.assertTrue(allow.isListed(999));
    }

    function test_AllowAsksBothSidesAndFailsClosed() public {
        allowed(alice, bob, 1, 100);
        refused(alice, dave, 1, Codes.COUNTRY, 0, word(392));
        refused(address(0), dave, 1, Codes.COUNTRY, 0, word(392));
        set(allow, 392, true);
        send(bond, alice, dave, 10);
        set(allow, 392, false);
        refused(dave, alice, 1, Codes.COUNTRY, 0, word(392));
        set(allow, 250, false);
        refused(alice, dave, 1, Codes.COUNTRY, 0, word(250)); // the sender first
        vm.assertFalse(allow.isAllowed(0));
    }

    function test_RestrictAsksBothSidesAndLetsTheRest() public {
        CountryRules restrict = new CountryRules(roles, CountryRules.Mode.Restrict, new uint16[](0));
        issueUnder(address(restrict));
        mint(bond, alice, 10);
        send(bond, alice, dave, 5);
        set(restrict, 392, true);
        refused(alice, dave, 1, Codes.COUNTRY, 0, word(392));
        refused(dave, alice, 1, Codes.COUNTRY, 0, word(392));
        refused(address(0), dave, 1, Codes.COUNTRY, 0, word(392));
        send(bond, alice, bob, 1);
    }

    function test_ACountryOutOfFavourMayBurnAndBeTakenFrom() public {
        set(allow, 250, false);
        burn(alice, 1);
        force(alice, bob, 2);
        vm.assertEq(bond.balanceOf(alice), 97);
    }

    /// @dev Any list: each country is what was said of it last, whatever its neighbours in the word.
    function testFuzz_TheListIsWhatWasSaidLast(uint16[32] calldata countries, uint32 says, uint16 asked) public {
        asked = asked % 1000;
        bool last = asked == 250;
        for (uint256 i; i < 32; ++i) {
            uint16 country = 1 + (i % 4 == 0 ? asked : countries[i]) % 999;
            bool listed = says >> i & 1 == 1;
            set(allow, country, listed);
            if (country == asked) last = listed;
        }
        vm.assertTrue(allow.isListed(asked) == last);
        Movement memory m = movement(Cause.Mint, address(bond), address(0), dave, 1);
        m.recipient = Sides.pack(daveId, 1, asked, 1, Fitness.Eligible);
        vm.assertEq(allow.check(m).code, last ? Codes.ALLOWED : Codes.COUNTRY);
    }

    function set(CountryRules module, uint16 country, bool listed) internal {
        vm.prank(address(orders));
        module.setCountry(country, listed, "id");
    }
}
