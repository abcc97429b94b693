// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IAnchor} from "./interfaces/IAnchor.sol";
import {IRoles} from "./interfaces/IRoles.sol";
import {Role} from "./Roles.sol";

/// @title Anchor
/// @notice Append-only witness of the journal's Merkle roots and of issued reports.
///
/// Promises:
/// - The journal only grows: each anchored size is larger than every size before it.
/// - A report's time is set once and is the time of the block that took it.
/// - Nothing is changed or removed, by anyone.
///
/// Not guaranteed:
/// - That a root extends the root before it: consistency is proved off chain, against these anchors.
contract Anchor is IAnchor {
    IRoles public immutable ROLES;

    uint256 private _size;
    bytes32 private _root;

    /// @inheritdoc IAnchor
    mapping(bytes32 sha256Hash => uint64) public reportTime;

    modifier onlyAnchorer() {
        _onlyAnchorer();
        _;
    }

    constructor(IRoles roles) {
        ROLES = roles;
    }

    /* ANCHORER */

    /// @inheritdoc IAnchor
    function anchorJournal(uint256 size, bytes32 root) external onlyAnchorer {
        require(size > _size, SizeNotGrown(size, _size));

        _size = size;
        _root = root;
        emit JournalAnchored(size, root);
    }

    /// @inheritdoc IAnchor
    function anchorReport(bytes32 sha256Hash) external onlyAnchorer {
        require(reportTime[sha256Hash] == 0, ReportTaken(sha256Hash));

        reportTime[sha256Hash] = uint64(block.timestamp);
        emit ReportAnchored(sha256Hash);
    }

    /* VIEWS */

    /// @inheritdoc IAnchor
    function latest() external view returns (uint256 size, bytes32 root) {
        return (_size, _root);
    }

    /* INTERNAL */

    function _onlyAnchorer() internal view {
        require(ROLES.holds(msg.sender, Role.ANCHOR), NotAnchorer(msg.sender));
    }
}
