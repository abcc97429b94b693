// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IInstrument} from "../interfaces/IInstrument.sol";
import {InstrumentBase} from "./InstrumentBase.sol";

/// @title Holds
/// @notice What an account may not move: all of it until a time, or an amount.
///
/// Roles:
/// - Orders freezes and unfreezes. Nobody else does.
///
/// Promises:
/// - A freeze lapses by itself at its time, exclusive, judged at block time. The largest time never comes.
/// - What is free is max(0, balance - frozen amount). The amount may exceed the balance and then holds what comes in.
/// - A recovered account is frozen for good: nothing unfreezes it.
/// - One slot per account, read once per side of a movement.
/// - All of it is rebuildable from Frozen, FrozenUntil and RecoverySuccess.
///
/// Not guaranteed:
/// - An event when a freeze lapses. Readers compare FrozenUntil with the block's time.
/// - Amounts above 2^192 - 1: refused.
/// - That a frozen account draws on no allowance: only who sends and who receives is asked, not who spends.
abstract contract Holds is InstrumentBase {
    uint64 internal constant UNTIL_LIFTED = type(uint64).max;

    struct Hold {
        uint64 until;
        uint192 amount;
    }

    /// @custom:storage-location erc7201:plimsoll.storage.Holds
    struct HoldsStorage {
        mapping(address account => Hold) holds;
        mapping(address lost => address) replacements;
    }

    // keccak256(abi.encode(uint256(keccak256("plimsoll.storage.Holds")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant _STORAGE = 0x951af8edd20cf067bbdd5f7e334ff118df844a1e573b3bf2879858421f74a400;

    /* ORDERS */

    /// @inheritdoc IInstrument
    function freeze(address account, uint64 until) external onlyOrders {
        require(until > block.timestamp, UntilPassed(until));

        _freeze(account, until);
    }

    function setAddressFrozen(address account, bool frozen) external onlyOrders {
        _setAddressFrozen(account, frozen);
    }

    function setFrozenTokens(address account, uint256 amount) external onlyOrders returns (bool) {
        _setFrozenTokens(account, amount);
        return true;
    }

    function freezePartialTokens(address account, uint256 amount) external onlyOrders {
        _freezePartialTokens(account, amount);
    }

    function unfreezePartialTokens(address account, uint256 amount) external onlyOrders {
        _unfreezePartialTokens(account, amount);
    }

    /* VIEWS */

    function isFrozen(address account) public view returns (bool) {
        return _frozen(_hold(account));
    }

    /// @inheritdoc IInstrument
    function frozenUntil(address account) external view returns (uint64) {
        return _hold(account).until;
    }

    /// @inheritdoc IInstrument
    function getFrozenTokens(address account) external view returns (uint256) {
        return _hold(account).amount;
    }

    /// @inheritdoc IInstrument
    function replacementOf(address account) public view returns (address) {
        return _holds().replacements[account];
    }

    /* INTERNAL */

    function _setAddressFrozen(address account, bool frozen) internal {
        _freeze(account, frozen ? UNTIL_LIFTED : 0);
    }

    /// @param until Zero lifts the freeze.
    function _freeze(address account, uint64 until) internal {
        _requireActive(account);

        _hold(account).until = until;
        emit AddressFrozen(account, until != 0, msg.sender);
        emit FrozenUntil(account, until);
    }

    /// @dev Only what is free now: to freeze what is yet to come, `setFrozenTokens` names the whole amount.
    function _freezePartialTokens(address account, uint256 amount) internal {
        uint256 frozen = _hold(account).amount;
        uint256 free = _free(balanceOf(account), frozen);
        require(amount <= free, ERC7943InsufficientUnfrozenBalance(account, amount, free));

        _setFrozenTokens(account, frozen + amount);
    }

    function _unfreezePartialTokens(address account, uint256 amount) internal {
        uint256 frozen = _hold(account).amount;
        require(amount <= frozen, AmountAboveFrozen(account, amount, frozen));

        _setFrozenTokens(account, frozen - amount);
    }

    function _setFrozenTokens(address account, uint256 amount) internal {
        _requireActive(account);
        require(amount <= type(uint192).max, AmountTooLarge(amount, type(uint192).max));

        Hold storage hold = _hold(account);
        uint256 before = hold.amount;
        // forge-lint: disable-next-line(unsafe-typecast)
        hold.amount = uint192(amount); // bounded above
        if (amount > before) emit TokensFrozen(account, amount - before);
        if (amount < before) emit TokensUnfrozen(account, before - amount);
        emit Frozen(account, amount);
    }

    /// @dev After this nothing changes the hold of `lost` any more.
    function _retire(address lost, address replacement) internal {
        _freeze(lost, UNTIL_LIFTED);
        _holds().replacements[lost] = replacement;
    }

    function _requireActive(address account) internal view {
        require(account != address(0), ZeroAddress());
        address replacement = replacementOf(account);
        require(replacement == address(0), AccountRetired(account, replacement));
    }

    function _hold(address account) internal view returns (Hold storage) {
        return _holds().holds[account];
    }

    function _frozen(Hold storage hold) internal view returns (bool) {
        return block.timestamp < hold.until;
    }

    function _free(uint256 balance, uint256 frozen) internal pure returns (uint256) {
        return balance > frozen ? balance - frozen : 0;
    }

    function _holds() private pure returns (HoldsStorage storage $) {
        assembly ("memory-safe") {
            $.slot := _STORAGE
        }
    }
}
