// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Compliance} from "../src/Compliance.sol";
import {Instrument} from "../src/Instrument.sol";
import {ICompliance} from "../src/interfaces/ICompliance.sol";
import {Side} from "../src/Sides.sol";
import {Cause, IModule, Movement} from "../src/interfaces/IModule.sol";
import {Codes, Verdict} from "../src/interfaces/IVerdict.sol";
import {LedgerTest} from "./Ledger.sol";

contract ComplianceTest is LedgerTest {
    address internal token;
    Compliance internal fresh;
    Rule internal loose;
    Rule internal tight;

    function setUp() public override {
        super.setUp();
        token = address(euro);
        (loose, tight) = (new Rule(50), new Rule(30));
        address[] memory modules = new address[](2);
        (modules[0], modules[1]) = (address(loose), address(tight));
        fresh = new Compliance(roles, modules);
    }

    /* bindToken, unbindToken */

    function test_OnlyDeployerOrAdministratorBindsFirst() public {
        vm.expectRevert(abi.encodeWithSelector(ICompliance.NotAdministrator.selector, stranger));
        vm.prank(stranger);
        fresh.bindToken(token);

        vm.expectEmit(address(fresh));
        emit ICompliance.TokenBound(token);
        fresh.bindToken(token);
        vm.assertTrue(fresh.isTokenBound(token));
        vm.assertFalse(fresh.isTokenBound(address(0)));
        vm.assertEq(fresh.getTokenBound(), token);
    }

    /// @dev Whoever asks: an instrument stopped by unbinding would be a pause without an end and without an order.
    function test_ServesOneTokenForLife() public {
        fresh.bindToken(token);
        for (uint256 i; i < 3; ++i) {
            address caller = [administrator, address(this), token][i];
            for (uint256 j; j < 2; ++j) {
                bytes memory why = i == 2
                    ? abi.encodeWithSelector(ICompliance.NotAdministrator.selector, token)
                    : abi.encodeWithSelector(ICompliance.AlreadyBound.selector, token);
                vm.expectRevert(why);
                vm.prank(caller);
                fresh.bindToken(j == 0 ? token : stranger);
            }
            vm.expectRevert(abi.encodeWithSelector(ICompliance.BoundForLife.selector, token));
            vm.prank(caller);
            fresh.unbindToken(token);
        }
        vm.assertTrue(fresh.isTokenBound(token));
        vm.assertEq(fresh.getTokenBound(), token);
    }

    function test_BindsOnlyAToken() public {
        vm.expectRevert(abi.encodeWithSelector(ICompliance.NotToken.selector, address(0)));
        fresh.bindToken(address(0));
    }

    function test_UntilBoundNothingMoves() public {
        Instrument yen = issueUnbound("Yen", "JPY", fresh);
        vm.assertEq(fresh.getTokenBound(), address(0));
        Verdict memory v = yen.verdict(alice, bob, 0);
        vm.assertEq(abi.encode(v), abi.encode(Verdict(Codes.PAUSED, address(fresh), 0, 0)));
        vm.expectRevert(refusal(alice, bob, 0, v));
        send(yen, alice, bob, 0);
        vm.assertFalse(fresh.canTransfer(alice, bob, 0));
        vm.expectRevert(refusal(address(0), alice, 1, v));
        mint(yen, alice, 1);
        vm.expectRevert(refusal(alice, address(0), 0, v));
        vm.prank(issuer);
        yen.burn(alice, 0);
        vm.expectRevert(abi.encodeWithSelector(ICompliance.NotToken.selector, address(yen)));
        vm.prank(address(yen));
        fresh.transferred(alice, bob, 1);
    }

    /* modules */

    function test_ModulesAreDistinctAndFew() public {
        address[] memory modules = new address[](2);
        (modules[0], modules[1]) = (address(loose), address(loose));
        vm.expectRevert(abi.encodeWithSelector(ICompliance.ModuleTaken.selector, address(loose)));
        new Compliance(roles, modules);
        modules = new address[](9);
        vm.expectRevert(abi.encodeWithSelector(ICompliance.TooManyModules.selector, 8));
        new Compliance(roles, modules);
    }

    /// @dev Each of eight, listed and asked in its place.
    function test_EachModuleIsAsked() public {
        address[] memory modules = new address[](8);
        for (uint256 i; i < 8; ++i) {
            modules[i] = address(new Rule(50 - i));
        }
        fresh = new Compliance(roles, modules);
        fresh.bindToken(token);
        vm.assertEq(abi.encode(fresh.getModules()), abi.encode(modules));
        Movement memory five = movement(5);
        vm.prank(token);
        fresh.record(five);
        for (uint256 i; i < 8; ++i) {
            vm.assertEq(fresh.verdict(movement(51 - i)).module, modules[i]);
            vm.assertEq(Rule(modules[i]).counted(), 5);
        }
    }

    /// @dev Each module hears the whole batch.
    function test_ABatchIsToldToEachModule() public {
        fresh.bindToken(token);
        Movement[] memory batch = new Movement[](2);
        (batch[0], batch[1]) = (movement(3), movement(4));
        vm.prank(token);
        fresh.recordBatch(batch);
        vm.assertEq(loose.heard(), keccak256(abi.encode(batch)));
        vm.assertEq(tight.heard(), keccak256(abi.encode(batch)));
    }

    /// @dev Not even before a token is bound: there is no such function.
    function test_NobodyChangesModules() public {
        bytes[2] memory calls = [
            abi.encodeWithSignature("addModule(address)", stranger),
            abi.encodeWithSignature("removeModule(address)", loose)
        ];
        for (uint256 i; i < 2; ++i) {
            vm.prank(administrator);
            (bool done,) = address(fresh).call(calls[i]);
            vm.assertFalse(done);
        }
    }

    /* record, transferred, created, destroyed */

    function test_OnlyTheTokenCounts() public {
        fresh.bindToken(token);
        bytes memory refused = abi.encodeWithSelector(ICompliance.NotToken.selector, stranger);
        (Movement memory one, Movement memory five) = (movement(1), movement(5));
        vm.expectRevert(refused);
        vm.prank(stranger);
        fresh.transferred(alice, bob, 1);
        vm.expectRevert(refused);
        vm.prank(stranger);
        fresh.created(alice, 1);
        vm.expectRevert(refused);
        vm.prank(stranger);
        fresh.destroyed(alice, 1);
        vm.expectRevert(refused);
        vm.prank(stranger);
        fresh.record(one);
        vm.expectRevert(refused);
        vm.prank(stranger);
        fresh.recordBatch(new Movement[](1));

        vm.prank(token);
        fresh.transferred(alice, bob, 1);
        vm.prank(token);
        fresh.created(alice, 10);
        vm.prank(token);
        fresh.destroyed(alice, 20);
        vm.prank(token);
        fresh.record(five);
        vm.assertEq(loose.counted(), 36);
        vm.assertEq(tight.counted(), 36);
    }

    function test_TheHooksTellTheStandingsOfBothSides() public {
        fresh.bindToken(token);
        vm.prank(token);
        fresh.transferred(alice, carol, 1);
        vm.assertEq(loose.heard(), keccak256(abi.encode(heard(Cause.Transfer, alice, carol, 1))));
        vm.prank(token);
        fresh.created(bob, 2);
        vm.assertEq(loose.heard(), keccak256(abi.encode(heard(Cause.Mint, address(0), bob, 2))));
        vm.prank(token);
        fresh.destroyed(alice2, 3);
        vm.assertEq(loose.heard(), keccak256(abi.encode(heard(Cause.Burn, alice2, address(0), 3))));
    }

    function test_AHookThatIsRefusedReverts() public {
        fresh.bindToken(token);
        vm.expectRevert(
            abi.encodeWithSelector(
                ICompliance.MovementRefused.selector, Codes.TRANSFER_LIMIT, address(tight), 30, bytes32(0)
            )
        );
        vm.prank(token);
        fresh.transferred(alice, bob, 31);
    }

    /* verdict */

    function test_TheTightestModuleSpeaks() public {
        fresh.bindToken(token);
        Verdict memory v = fresh.verdict(movement(30));
        vm.assertEq(v.code, Codes.ALLOWED);
        vm.assertEq(v.headroom, 30);
        vm.assertEq(v.module, address(tight));
        vm.assertTrue(fresh.canTransfer(alice, bob, 30));
        vm.assertFalse(fresh.canTransfer(alice, bob, 31));
        vm.assertEq(fresh.verdict(movement(31)).module, address(tight));
        vm.assertEq(fresh.verdict(movement(51)).module, address(loose)); // the first that refuses
    }

    /* HELPERS */

    function movement(uint256 amount) internal view returns (Movement memory) {
        return heard(Cause.Transfer, alice, bob, amount);
    }

    function heard(Cause cause, address from, address to, uint256 amount) internal view returns (Movement memory) {
        (Side sender, Side recipient) = registry.sides(from, to);
        return Movement(cause, token, from, to, amount, sender, recipient);
    }
}

/// @dev Lets amounts up to its limit pass.
contract Rule is IModule {
    uint256 public counted;
    bytes32 public heard;
    uint256 private immutable _LIMIT;

    constructor(uint256 limit) {
        _LIMIT = limit;
    }

    function record(Movement calldata m) external returns (Verdict memory) {
        counted += m.amount;
        heard = keccak256(abi.encode(m));
        return check(m);
    }

    function recordBatch(Movement[] calldata movements) external {
        counted += movements.length;
        heard = keccak256(abi.encode(movements));
    }

    function check(Movement calldata m) public view returns (Verdict memory) {
        return Verdict(m.amount > _LIMIT ? Codes.TRANSFER_LIMIT : Codes.ALLOWED, address(this), _LIMIT, 0);
    }
}
