// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice ERC-3643: of which topics an identity needs a valid claim.
interface IClaimTopicsRegistry {
    event ClaimTopicAdded(uint256 indexed claimTopic);
    event ClaimTopicRemoved(uint256 indexed claimTopic);

    /// @notice Refused here: topics change by order.
    function addClaimTopic(uint256 claimTopic) external;

    /// @notice Refused here: topics change by order.
    function removeClaimTopic(uint256 claimTopic) external;

    function getClaimTopics() external view returns (uint256[] memory);
}
