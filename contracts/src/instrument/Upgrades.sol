// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC1967Utils} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Utils.sol";
import {Role} from "../Roles.sol";
import {IERC3643} from "../interfaces/IERC3643.sol";
import {IUpgradeable} from "../interfaces/IUpgradeable.sol";
import {InstrumentBase} from "./InstrumentBase.sol";

/// @title Upgrades
/// @notice Replaces the code of one instrument behind its address, which keeps its balances and its name.
///
/// Roles:
/// - Orders schedules, takes back and rolls back. An administrator activates what was scheduled.
///
/// Promises:
/// - Code changes only by an order of two persons, DELAY after it, so that holders can see it coming.
/// - A release is never followed by an earlier one, but for the named way back: the previous implementation, within
///   ROLLBACK_WINDOW of the activation.
/// - New code obeys the same roles and the same registry.
/// - Nothing of the new code runs with an upgrade: only code changes by it, no state.
///
/// Not guaranteed:
/// - That new code understands the storage of the old. `npm run contracts:check` compares them before a release.
/// - What new code did to storage of its own: after a way back it stays there, unread.
abstract contract Upgrades is InstrumentBase, IUpgradeable {
    uint64 public constant DELAY = 2 days;
    uint64 public constant ROLLBACK_WINDOW = 30 days;

    /// @custom:storage-location erc7201:plimsoll.storage.Upgrades
    struct UpgradesStorage {
        address scheduled;
        uint64 notBefore;
        address previous;
        uint64 rollbackUntil;
    }

    // keccak256(abi.encode(uint256(keccak256("plimsoll.storage.Upgrades")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant _STORAGE = 0x3d0d98fe64db4784f4542a0eca76e99b7c07ae48d63ff53bc817653ce270f100;

    /* ORDERS */

    /// @inheritdoc IUpgradeable
    function scheduleUpgrade(address implementation_) external onlyOrders {
        UpgradesStorage storage $ = _upgrades();
        if (implementation_ == address(0)) return _cancel($, true);
        if (implementation_ == $.previous && block.timestamp < $.rollbackUntil) return _rollBack($);

        uint64 release_ = _requireSuccessor(implementation_);
        _cancel($, false);
        uint64 notBefore = uint64(block.timestamp) + DELAY;
        ($.scheduled, $.notBefore) = (implementation_, notBefore);
        emit UpgradeScheduled(implementation_, release_, notBefore);
    }

    /* ADMINISTRATOR */

    /// @inheritdoc IUpgradeable
    function activateUpgrade() external {
        require(ROLES.holds(msg.sender, Role.ADMINISTRATOR), NotAdministrator(msg.sender));
        UpgradesStorage storage $ = _upgrades();
        (address next, uint64 notBefore) = ($.scheduled, $.notBefore);
        require(next != address(0), NothingScheduled());
        require(block.timestamp >= notBefore, UpgradeTooEarly(notBefore));
        // Asked again: the code in force may be another than when this was scheduled.
        uint64 release_ = _requireSuccessor(next);

        address before = implementation();
        uint64 until = uint64(block.timestamp) + ROLLBACK_WINDOW;
        ($.scheduled, $.notBefore, $.previous, $.rollbackUntil) = (address(0), 0, before, until);
        emit UpgradeActivated(before, next, release_, until);
        _point(next);
    }

    /* VIEWS */

    /// @inheritdoc IUpgradeable
    function implementation() public view returns (address) {
        return ERC1967Utils.getImplementation();
    }

    /// @inheritdoc IUpgradeable
    function scheduledUpgrade() external view returns (address, uint64) {
        return (_upgrades().scheduled, _upgrades().notBefore);
    }

    /// @inheritdoc IUpgradeable
    function previousImplementation() external view returns (address, uint64) {
        return (_upgrades().previous, _upgrades().rollbackUntil);
    }

    /// @inheritdoc IUpgradeable
    function build() external view returns (uint64, address, address) {
        return (_release(), address(ROLES), address(_REGISTRY));
    }

    /* INTERNAL */

    /// @dev Of this code; grows by one with each release.
    function _release() internal pure virtual returns (uint64);

    function _cancel(UpgradesStorage storage $, bool required) private {
        address scheduled = $.scheduled;
        require(scheduled != address(0) || !required, NothingScheduled());
        if (scheduled == address(0)) return;

        ($.scheduled, $.notBefore) = (address(0), 0);
        emit UpgradeCancelled(scheduled);
    }

    /// @dev There is one way back, not two: after it the code that failed is not "previous".
    function _rollBack(UpgradesStorage storage $) private {
        _cancel($, false);
        (address before, address previous) = (implementation(), $.previous);
        ($.previous, $.rollbackUntil) = (address(0), 0);
        (uint64 release_,,) = IUpgradeable(previous).build();
        emit UpgradeRolledBack(before, previous, release_);
        _point(previous);
    }

    /// @dev Without call data: nothing of the new code runs on this storage.
    function _point(address implementation_) private {
        ERC1967Utils.upgradeToAndCall(implementation_, "");
        InstrumentStorage storage $ = _instrument();
        string memory version_ = IERC3643(implementation_).version();
        emit UpdatedTokenInformation(name(), symbol(), $.decimals, version_, $.onchainID);
    }

    function _requireSuccessor(address implementation_) private view returns (uint64 release_) {
        require(implementation_.code.length != 0, NotAnImplementation(implementation_));
        try IUpgradeable(implementation_).build() returns (uint64 theirs, address roles, address registry) {
            bool same = roles == address(ROLES) && registry == address(_REGISTRY);
            require(same, OtherWiring(implementation_, roles, registry));
            release_ = theirs;
        } catch {
            revert NotAnImplementation(implementation_);
        }
        require(release_ > _release(), ReleaseNotGrown(release_, _release()));
    }

    function _upgrades() private pure returns (UpgradesStorage storage $) {
        assembly ("memory-safe") {
            $.slot := _STORAGE
        }
    }
}
