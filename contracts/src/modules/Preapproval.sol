// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Cause, IModule, Movement} from "../interfaces/IModule.sol";
import {IOrders} from "../interfaces/IOrders.sol";
import {IRoles} from "../interfaces/IRoles.sol";
import {Codes, Verdict} from "../interfaces/IVerdict.sol";
import {BoundModule} from "./BoundModule.sol";

/// @title Preapproval
/// @notice Each transfer needs an approval of its own: these accounts, this amount, once, until a time.
///
/// Promises:
/// - A transfer of more than nothing passes only on an approval of exactly its accounts and amount, which it consumes.
/// - An approval lapses by itself at its expiry, judged at block time.
/// - One approval stands for one transfer: approving the same again moves its expiry, it does not add a second.
/// - Only Orders approves, and takes back with an expiry of zero.
/// - Mints, burns, forced transfers and recoveries need none.
contract Preapproval is BoundModule {
    /// @notice The one kind of order that this module takes.
    IOrders.Kind public constant KIND = IOrders.Kind.Preapprove;

    event TransferApproved(
        address indexed from, address indexed to, uint256 amount, uint64 expiresAt, bytes32 indexed orderId
    );
    event ApprovalConsumed(address indexed from, address indexed to, uint256 amount);

    error ExpiryPassed(uint64 expiresAt);

    mapping(bytes32 key => uint64) private _expiresAt;

    constructor(IRoles roles) BoundModule(roles) {}

    /* ORDERS */

    /// @param expiresAt UNIX seconds, exclusive: at it the approval has lapsed. Zero takes it back.
    function approve(address from, address to, uint256 amount, uint64 expiresAt, bytes32 orderId) external onlyOrders {
        require(expiresAt == 0 || expiresAt > block.timestamp, ExpiryPassed(expiresAt));

        _expiresAt[_key(from, to, amount)] = expiresAt;
        emit TransferApproved(from, to, amount, expiresAt, orderId);
    }

    /* COMPLIANCE */

    /// @inheritdoc IModule
    function record(Movement calldata m) public override returns (Verdict memory v) {
        v = check(m);
        if (v.code != Codes.ALLOWED) return v;
        _onlyCompliance(m);
        if (m.cause != Cause.Transfer || m.amount == 0) return v;

        delete _expiresAt[_key(m.from, m.to, m.amount)];
        emit ApprovalConsumed(m.from, m.to, m.amount);
    }

    /* VIEWS */

    /// @inheritdoc IModule
    function check(Movement calldata m) public view returns (Verdict memory) {
        _onlyBound(m);
        if (m.cause != Cause.Transfer) return _allow(type(uint256).max);
        if (m.amount == 0 || block.timestamp < approvedUntil(m.from, m.to, m.amount)) return _allow(m.amount);
        return Verdict(Codes.NOT_PREAPPROVED, address(this), 0, bytes32(uint256(uint160(m.from))));
    }

    /// @return When the approval lapses or lapsed; zero if there is none.
    function approvedUntil(address from, address to, uint256 amount) public view returns (uint64) {
        return _expiresAt[_key(from, to, amount)];
    }

    /* INTERNAL */

    function _key(address from, address to, uint256 amount) internal pure returns (bytes32) {
        return keccak256(abi.encode(from, to, amount));
    }
}
