// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Append-only witness of what the authority's journal and reports looked like, and when.
interface IAnchor {
    event JournalAnchored(uint256 indexed size, bytes32 indexed root);
    event ReportAnchored(bytes32 indexed sha256Hash);

    error NotAnchorer(address caller);
    error SizeNotGrown(uint256 size, uint256 latest);
    error ReportTaken(bytes32 sha256Hash);

    function anchorJournal(uint256 size, bytes32 root) external;

    function anchorReport(bytes32 sha256Hash) external;

    function latest() external view returns (uint256 size, bytes32 root);

    /// @return The block time at which the report was anchored; zero if it was not.
    function reportTime(bytes32 sha256Hash) external view returns (uint64);
}
