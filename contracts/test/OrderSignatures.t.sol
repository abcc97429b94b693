// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Orders} from "../src/Orders.sol";
import {Role} from "../src/Roles.sol";
import {IOrders} from "../src/interfaces/IOrders.sol";
import {OrdersGround} from "./OrdersGround.sol";

contract OrderSignaturesTest is OrdersGround {
    uint256 internal constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    string internal constant TAIL = "bytes32 reason,bytes32 legalRef,address proposer,uint256 nonce,uint64 deadline)";

    /* the id */

    /// @dev The type strings are written out in full: the contract puts them together.
    function test_TheIdIsTheDigestOfTheTypedData() public {
        string[24] memory names = [
            "",
            "DecideKyc",
            "SetLimit",
            "SetRate",
            "Freeze",
            "Unfreeze",
            "SetRoles",
            "SetSignatures",
            "Pause",
            "Unpause",
            "FreezeAmount",
            "ForcedTransfer",
            "Recover",
            "SetCountryRule",
            "SetSupplyCap",
            "SetHolderCap",
            "Preapprove",
            "SetScreening",
            "SetTrustedIssuer",
            "SetClaimTopic",
            "Delegate",
            "SetCompliance",
            "Upgrade",
            "SetCountry"
        ];
        string[24] memory members = [
            "",
            "(address identity,uint8 status,uint8 tier,uint64 expiry,bytes32 evidence)",
            "(uint8 scope,bytes32 subject,uint8 window,uint256 limit)",
            "(address instrument,uint128 numerator,uint128 denominator)",
            "(address account,uint64 reviewBy,uint64 expiresAt)",
            "(address account)",
            "(address account,bytes32 person,uint256 roles)",
            "(uint8 kind,uint8 signatures)",
            "(address instrument,uint64 reviewBy,uint64 expiresAt)",
            "(address instrument)",
            "(address account,uint256 amount)",
            "(address from,address to,uint256 amount)",
            "(address lost,address replacement,address identity)",
            "(uint16 country,bool listed)",
            "(uint256 cap)",
            "(uint256 cap)",
            "(address from,address to,uint256 amount,uint64 expiresAt)",
            "(address identity,bool flagged)",
            "(address issuer,uint256 topic,bool trusted)",
            "(uint256 topic,bool required)",
            "(address principal,address delegate,uint64 startsAt,uint64 until)",
            "(address compliance)",
            "(address implementation)",
            "(address identity,uint16 country)"
        ];
        for (uint256 k = 1; k < 24; ++k) {
            string memory action = string.concat(names[k], members[k]);
            bytes memory arguments = new bytes(wordsIn(members[k]) * 32);
            arguments[31] = 0x07;
            IOrders.Order memory o = draft(IOrders.Kind(k), address(0xabc), arguments);
            string memory head = string.concat(names[k], "Order(address target,", names[k], " action,");
            bytes32 typed = keccak256(bytes(string.concat(head, TAIL, action)));
            bytes32 acted = keccak256(abi.encodePacked(keccak256(bytes(action)), arguments));
            bytes32 struct_ =
                keccak256(abi.encode(typed, o.target, acted, o.reason, o.legalRef, o.proposer, o.nonce, o.deadline));
            vm.assertEq(orders.idOf(o), keccak256(abi.encodePacked(hex"1901", domain(), struct_)));
        }
    }

    function test_RefusesUnknownKindsAndWrongLengths() public {
        vm.expectRevert(abi.encodeWithSelector(IOrders.UnknownKind.selector, IOrders.Kind.None));
        orders.idOf(draft(IOrders.Kind.None, address(0), ""));
        IOrders.Order memory order = draft(IOrders.Kind.Freeze, address(euro), new bytes(64));
        vm.expectRevert(abi.encodeWithSelector(IOrders.BadArguments.selector, IOrders.Kind.Freeze, 64));
        orders.idOf(order);
    }

    /* of a plain wallet */

    function test_ASignatureForAnotherChainIsRefused() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        vm.chainId(2);
        refused(bad(order, officer), approver, order, signature);
    }

    function test_ASignatureForAnotherContractIsRefused() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        Orders other = new Orders(roles, registry, policy);
        bytes32 id = other.idOf(order);
        vm.expectRevert(abi.encodeWithSelector(IOrders.BadSignature.selector, id, officer));
        vm.prank(approver);
        other.execute(order, signature);
    }

    function test_AnothersSignatureIsRefused() public {
        IOrders.Order memory order = limitOrder();
        refused(bad(order, officer), approver, order, signed(ADMINISTRATOR_KEY, order));
    }

    function test_ASignatureThatRecoversNobodyIsRefused() public {
        IOrders.Order memory order = limitOrder();
        bytes memory nobody = abi.encodePacked(bytes32(uint256(1)), bytes32(uint256(1)), uint8(29));
        refused(bad(order, officer), approver, order, nobody);
    }

    function test_AShortSignatureIsRefused() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        bytes memory short = new bytes(64);
        for (uint256 i; i < 64; ++i) {
            short[i] = signature[i];
        }
        refused(badLength(order, 64), approver, order, short);
        refused(badLength(order, 66), approver, order, bytes.concat(signature, hex"00"));
        refused(badLength(order, 0), approver, order, "");
    }

    function test_AMalleableSignatureIsRefused() public {
        IOrders.Order memory order = limitOrder();
        bytes32 id = orders.idOf(order);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(OFFICER_KEY, id);
        bytes32 twin = bytes32(CURVE_ORDER - uint256(s));
        bytes memory why = abi.encodeWithSelector(IOrders.MalleableSignature.selector, id, twin);
        refused(why, approver, order, abi.encodePacked(r, twin, v == 27 ? uint8(28) : uint8(27)));
    }

    function test_AReplayedSignatureIsRefused() public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        execute(approver, order, signature);
        closed(order, signature, IOrders.State.Executed);
        // Under another nonce it is the signature of something else.
        ++order.nonce;
        refused(bad(order, officer), approver, order, signature);
    }

    function testFuzz_WhatIsExecutedIsWhatWasSigned(uint8 field, uint256 other) public {
        IOrders.Order memory order = limitOrder();
        bytes memory signature = signed(OFFICER_KEY, order);
        bytes32 before = orders.idOf(order);
        field %= 7;
        if (field == 0) order.target = address(uint160(other));
        if (field == 1) order.arguments = abi.encode(other % 3, word(1), 1, other);
        if (field == 2) order.reason = bytes32(other);
        if (field == 3) order.legalRef = bytes32(other);
        if (field == 4) order.nonce = other;
        if (field == 5) order.deadline = uint64(block.timestamp + other % 365 days);
        if (field == 6) order.proposer = administrator;
        vm.assume(orders.idOf(order) != before);
        refused(approver, order, signature);
    }

    /* of a contract wallet */

    function test_AWalletContractProposes() public {
        Wallet wallet = new Wallet(officer, orders);
        setRoles(address(wallet), person(9), Role.OFFICER);
        IOrders.Order memory order = limitOrder();
        order.proposer = address(wallet);
        refused(bad(order, address(wallet)), approver, order, signed(ADMINISTRATOR_KEY, order));
        execute(approver, order, signed(OFFICER_KEY, order));
        vm.assertTrue(orders.stateOf(orders.idOf(order)) == IOrders.State.Executed);
    }

    function test_AWalletContractActsAloneAndApproves() public {
        Wallet wallet = new Wallet(stranger, orders);
        setRoles(address(wallet), person(9), Role.OFFICER | Role.APPROVER);
        IOrders.Order memory order = freezeOrder(1 days, 2 days);
        order.proposer = address(wallet);
        wallet.execute(order, "");
        vm.assertTrue(euro.isFrozen(alice));

        order = limitOrder();
        wallet.execute(order, signed(OFFICER_KEY, order));
        vm.assertTrue(orders.stateOf(orders.idOf(order)) == IOrders.State.Executed);
    }

    function test_AContractThatIsNoWalletSignsNothing() public {
        setRoles(address(policy), person(9), Role.OFFICER);
        IOrders.Order memory order = limitOrder();
        order.proposer = address(policy);
        refused(bad(order, address(policy)), approver, order, signed(OFFICER_KEY, order));
    }

    /* HELPERS */

    function bad(IOrders.Order memory order, address proposer) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IOrders.BadSignature.selector, orders.idOf(order), proposer);
    }

    function badLength(IOrders.Order memory order, uint256 length) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IOrders.BadSignatureLength.selector, orders.idOf(order), length);
    }

    /// @dev One more than there are commas.
    function wordsIn(string memory members) internal pure returns (uint256 words) {
        words = 1;
        for (uint256 i; i < bytes(members).length; ++i) {
            if (bytes(members)[i] == ",") ++words;
        }
    }

    function domain() internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Plimsoll Orders"),
                keccak256("1"),
                block.chainid,
                address(orders)
            )
        );
    }
}

/// @dev A contract wallet of one owner (ERC-1271), which sends what anybody asks it to.
contract Wallet {
    address private immutable _OWNER;
    Orders private immutable _ORDERS;

    constructor(address owner, Orders orders) {
        _OWNER = owner;
        _ORDERS = orders;
    }

    function execute(IOrders.Order calldata order, bytes calldata signature) external {
        _ORDERS.execute(order, signature);
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        address signer = ecrecover(hash, uint8(signature[64]), bytes32(signature[:32]), bytes32(signature[32:64]));
        return signer == _OWNER ? this.isValidSignature.selector : bytes4(0);
    }
}
