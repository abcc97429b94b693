// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Cause} from "../interfaces/IModule.sol";
import {Controls} from "./Controls.sol";

/// @title Batches
/// @notice The same acts, many at once: all of them or none.
///
/// Promises:
/// - Arrays of different length are refused, in either direction: no tail is dropped in silence.
/// - At most MAX_BATCH entries, so the worst case has a cost that is known.
/// - Transfers, mints and burns may name an account again: each entry is judged after the ones before it.
/// - Controls may not: an account named twice is a mistake (contradicting flags, an amount frozen twice, frozen units
///   taken twice), and refused.
abstract contract Batches is Controls {
    uint256 public constant MAX_BATCH = 100;

    /* ORDERS */

    function batchForcedTransfer(address[] calldata from, address[] calldata to, uint256[] calldata amounts)
        external
        onlyOrders
    {
        _requireFits(from.length, to.length);
        _requireFits(from.length, amounts.length);
        _requireDistinct(from);
        for (uint256 i; i < from.length; ++i) {
            _force(from[i], to[i], amounts[i]);
        }
    }

    function batchSetAddressFrozen(address[] calldata accounts, bool[] calldata frozen) external onlyOrders {
        _requireFits(accounts.length, frozen.length);
        _requireDistinct(accounts);
        for (uint256 i; i < accounts.length; ++i) {
            _setAddressFrozen(accounts[i], frozen[i]);
        }
    }

    function batchFreezePartialTokens(address[] calldata accounts, uint256[] calldata amounts) external onlyOrders {
        _requireFits(accounts.length, amounts.length);
        _requireDistinct(accounts);
        for (uint256 i; i < accounts.length; ++i) {
            _freezePartialTokens(accounts[i], amounts[i]);
        }
    }

    function batchUnfreezePartialTokens(address[] calldata accounts, uint256[] calldata amounts) external onlyOrders {
        _requireFits(accounts.length, amounts.length);
        _requireDistinct(accounts);
        for (uint256 i; i < accounts.length; ++i) {
            _unfreezePartialTokens(accounts[i], amounts[i]);
        }
    }

    /* ISSUER */

    function batchMint(address[] calldata to, uint256[] calldata amounts) external onlyIssuer {
        _requireFits(to.length, amounts.length);
        for (uint256 i; i < to.length; ++i) {
            _move(Cause.Mint, address(0), to[i], amounts[i]);
        }
    }

    function batchBurn(address[] calldata from, uint256[] calldata amounts) external onlyIssuer {
        _requireFits(from.length, amounts.length);
        for (uint256 i; i < from.length; ++i) {
            _move(Cause.Burn, from[i], address(0), amounts[i]);
        }
    }

    /* HOLDER */

    function batchTransfer(address[] calldata to, uint256[] calldata amounts) external {
        _requireFits(to.length, amounts.length);
        if (_moveTogether(msg.sender, to, amounts)) return;
        // Each on its own: the one that is refused says why.
        for (uint256 i; i < to.length; ++i) {
            _move(Cause.Transfer, msg.sender, to[i], amounts[i]);
        }
    }

    /* INTERNAL */

    function _requireFits(uint256 left, uint256 right) private pure {
        require(left == right, LengthMismatch(left, right));
        require(left <= MAX_BATCH, BatchTooLong(left, MAX_BATCH));
    }

    /// @dev Quadratic, over MAX_BATCH entries at most.
    function _requireDistinct(address[] calldata accounts) private pure {
        for (uint256 i = 1; i < accounts.length; ++i) {
            address account = accounts[i];
            for (uint256 j; j < i; ++j) {
                require(accounts[j] != account, DuplicateAccount(account, i));
            }
        }
    }
}
