// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IOrders} from "./interfaces/IOrders.sol";

/// @title OrderTypes
/// @notice The kinds of order as EIP-712 types, and which of them one signature can ever be enough for.
library OrderTypes {
    /// @return orderType @return actionType @return words How many members the action has, a word each.
    function typesOf(IOrders.Kind kind) internal pure returns (bytes32 orderType, bytes32 actionType, uint256 words) {
        if (kind == IOrders.Kind.DecideKyc) {
            return _types("DecideKyc", "(address identity,uint8 status,uint8 tier,uint64 expiry,bytes32 evidence)", 5);
        }
        if (kind == IOrders.Kind.SetLimit) {
            return _types("SetLimit", "(uint8 scope,bytes32 subject,uint8 window,uint256 limit)", 4);
        }
        if (kind == IOrders.Kind.SetRate) {
            return _types("SetRate", "(address instrument,uint128 numerator,uint128 denominator)", 3);
        }
        if (kind == IOrders.Kind.Freeze) {
            return _types("Freeze", "(address account,uint64 reviewBy,uint64 expiresAt)", 3);
        }
        if (kind == IOrders.Kind.Unfreeze) return _types("Unfreeze", "(address account)", 1);
        if (kind == IOrders.Kind.SetRoles) {
            return _types("SetRoles", "(address account,bytes32 person,uint256 roles)", 3);
        }
        if (kind == IOrders.Kind.SetSignatures) return _types("SetSignatures", "(uint8 kind,uint8 signatures)", 2);
        if (kind == IOrders.Kind.Pause) {
            return _types("Pause", "(address instrument,uint64 reviewBy,uint64 expiresAt)", 3);
        }
        if (kind == IOrders.Kind.Unpause) return _types("Unpause", "(address instrument)", 1);
        if (kind == IOrders.Kind.FreezeAmount) return _types("FreezeAmount", "(address account,uint256 amount)", 2);
        if (kind == IOrders.Kind.ForcedTransfer) {
            return _types("ForcedTransfer", "(address from,address to,uint256 amount)", 3);
        }
        if (kind == IOrders.Kind.Recover) {
            return _types("Recover", "(address lost,address replacement,address identity)", 3);
        }
        if (kind == IOrders.Kind.SetCountryRule) return _types("SetCountryRule", "(uint16 country,bool listed)", 2);
        if (kind == IOrders.Kind.SetSupplyCap) return _types("SetSupplyCap", "(uint256 cap)", 1);
        if (kind == IOrders.Kind.SetHolderCap) return _types("SetHolderCap", "(uint256 cap)", 1);
        if (kind == IOrders.Kind.Preapprove) {
            return _types("Preapprove", "(address from,address to,uint256 amount,uint64 expiresAt)", 4);
        }
        if (kind == IOrders.Kind.SetScreening) return _types("SetScreening", "(address identity,bool flagged)", 2);
        if (kind == IOrders.Kind.SetTrustedIssuer) {
            return _types("SetTrustedIssuer", "(address issuer,uint256 topic,bool trusted)", 3);
        }
        if (kind == IOrders.Kind.SetClaimTopic) return _types("SetClaimTopic", "(uint256 topic,bool required)", 2);
        if (kind == IOrders.Kind.Delegate) {
            return _types("Delegate", "(address principal,address delegate,uint64 startsAt,uint64 until)", 4);
        }
        if (kind == IOrders.Kind.SetCompliance) return _types("SetCompliance", "(address compliance)", 1);
        if (kind == IOrders.Kind.Upgrade) return _types("Upgrade", "(address implementation)", 1);
        if (kind == IOrders.Kind.SetCountry) return _types("SetCountry", "(address identity,uint16 country)", 2);
        revert IOrders.UnknownKind(kind);
    }

    /// @return True for what changes who may sign and how many: an administrator may stand in, a delegate may not.
    function governs(IOrders.Kind kind) internal pure returns (bool) {
        return kind == IOrders.Kind.SetRoles || kind == IOrders.Kind.SetSignatures || kind == IOrders.Kind.Delegate;
    }

    /// @return True for what no table may ever put under one signature: governance, property, and the rules themselves.
    function needsTwo(IOrders.Kind kind) internal pure returns (bool) {
        return governs(kind) || kind == IOrders.Kind.Unpause || kind == IOrders.Kind.ForcedTransfer
            || kind == IOrders.Kind.Recover || kind == IOrders.Kind.SetCompliance || kind == IOrders.Kind.Upgrade;
    }

    /// @return How many signatures the kind needs until an order says otherwise.
    function foundingSignatures(IOrders.Kind kind) internal pure returns (uint8) {
        bool one = kind == IOrders.Kind.DecideKyc || kind == IOrders.Kind.Freeze || kind == IOrders.Kind.Pause
            || kind == IOrders.Kind.Preapprove || kind == IOrders.Kind.SetScreening;
        return one ? 1 : 2;
    }

    /// @dev encodeType of the order and of its action, which is the only type it refers to.
    function _types(string memory name, string memory members, uint256 words)
        private
        pure
        returns (bytes32, bytes32, uint256)
    {
        string memory action = string.concat(name, members);
        string memory rest = " action,bytes32 reason,bytes32 legalRef,address proposer,uint256 nonce,uint64 deadline)";
        string memory order = string.concat(name, "Order(address target,", name, rest, action);
        return (keccak256(bytes(order)), keccak256(bytes(action)), words);
    }
}
