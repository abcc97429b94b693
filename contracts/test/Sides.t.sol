// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Fitness, Side, Sides} from "../src/Sides.sol";
import {Test} from "./Test.sol";

contract SidesTest is Test {
    function testFuzz_EachPartIsWhatItWasGiven(address who, uint32 firm, uint16 country, uint8 tier, uint8 fit)
        public
        pure
    {
        Fitness fitness = Fitness(fit % 6);
        Side side = Sides.pack(who, firm, country, tier, fitness);
        vm.assertEq(side.identity(), who);
        vm.assertEq(side.firm(), firm);
        vm.assertEq(side.country(), country);
        vm.assertEq(side.tier(), tier);
        vm.assertTrue(side.fitness() == fitness);
    }

    function test_ZeroIsNobody() public pure {
        Side nobody = Side.wrap(0);
        vm.assertEq(nobody.identity(), address(0));
        vm.assertEq(nobody.firm(), 0);
        vm.assertTrue(nobody.fitness() == Fitness.Unknown);
    }
}
