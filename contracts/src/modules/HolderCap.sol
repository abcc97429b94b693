// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Cause, IModule, Movement} from "../interfaces/IModule.sol";
import {IOrders} from "../interfaces/IOrders.sol";
import {IRoles} from "../interfaces/IRoles.sol";
import {Codes, Verdict} from "../interfaces/IVerdict.sol";
import {RollingWindow} from "../RollingWindow.sol";
import {BoundModule} from "./BoundModule.sol";

/// @title HolderCap
/// @notice How many identities may hold units of an instrument. Identities, not accounts: ten wallets of one are one.
///
/// Promises:
/// - `holders` is the number of identities that hold more than nothing, over all their accounts.
/// - A transfer or mint that would raise it above the cap is refused. One that empties a holder while it adds another
///   does not raise it.
/// - A cap below `holders` keeps newcomers out, and takes nothing away.
/// - Forced transfers and recoveries are counted and never refused: they may carry `holders` above the cap.
///
/// Assumptions:
/// - Every movement since the instrument's first unit was recorded here: the module is in each of its compliances. Else
///   the number is wrong, but what came uncounted still moves.
contract HolderCap is BoundModule {
    /// @notice The one kind of order that this module takes.
    IOrders.Kind public constant KIND = IOrders.Kind.SetHolderCap;

    event CapSet(uint256 capBefore, uint256 cap, bytes32 orderId);
    event HolderJoined(address indexed identity, uint256 holders);
    event HolderLeft(address indexed identity, uint256 holders);

    /// @notice Inclusive.
    uint256 public cap;
    uint256 public holders;
    mapping(address identity => uint256) public holdingOf;

    constructor(IRoles roles, uint256 cap_) BoundModule(roles) {
        _set(cap_, 0);
    }

    /* ORDERS */

    function setCap(uint256 cap_, bytes32 orderId) external onlyOrders {
        _set(cap_, orderId);
    }

    /* COMPLIANCE */

    /// @inheritdoc IModule
    function record(Movement calldata m) public override returns (Verdict memory v) {
        v = check(m);
        if (v.code != Codes.ALLOWED) return v;
        _onlyCompliance(m);
        (address from, address to) = (m.sender.identity(), m.recipient.identity());
        if (m.amount == 0 || (m.from != address(0) && m.to != address(0) && from == to)) return v;

        if (m.to != address(0)) {
            if (holdingOf[to] == 0) emit HolderJoined(to, ++holders);
            holdingOf[to] += m.amount;
        }
        if (m.from != address(0)) _takeFrom(from, m.amount);
    }

    /* VIEWS */

    /// @inheritdoc IModule
    /// @dev At the cap, what passes to a newcomer is nothing, or exactly all that the sender's identity holds.
    function check(Movement calldata m) public view returns (Verdict memory) {
        _onlyBound(m);
        bool asked = m.cause == Cause.Transfer || m.cause == Cause.Mint;
        bool joins = holdingOf[m.recipient.identity()] == 0 && m.sender.identity() != m.recipient.identity();
        if (!asked || !joins || holders < cap) return _allow(type(uint256).max);

        bool leaves = m.cause == Cause.Transfer && m.amount == holdingOf[m.sender.identity()];
        if (m.amount == 0 || leaves) return _allow(m.amount);
        return Verdict(Codes.HOLDER_CAP, address(this), 0, bytes32(uint256(uint160(m.recipient.identity()))));
    }

    /* INTERNAL */

    /// @dev Units that another compliance let in uncounted leave all the same.
    function _takeFrom(address from, uint256 amount) internal {
        uint256 held = holdingOf[from];
        if (held == 0) return;

        holdingOf[from] = RollingWindow.remaining(held, amount);
        if (held <= amount) emit HolderLeft(from, --holders);
    }

    function _set(uint256 cap_, bytes32 orderId) internal {
        emit CapSet(cap, cap_, orderId);
        cap = cap_;
    }
}
