// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IClaimIssuer} from "./IClaimIssuer.sol";

/// @notice ERC-3643: whose claims count, and for which topics.
interface ITrustedIssuersRegistry {
    event TrustedIssuerAdded(IClaimIssuer indexed trustedIssuer, uint256[] claimTopics);
    event TrustedIssuerRemoved(IClaimIssuer indexed trustedIssuer);
    event ClaimTopicsUpdated(IClaimIssuer indexed trustedIssuer, uint256[] claimTopics);

    /// @notice Refused here: issuers change by order.
    function addTrustedIssuer(IClaimIssuer trustedIssuer, uint256[] calldata claimTopics) external;

    /// @notice Refused here: issuers change by order.
    function removeTrustedIssuer(IClaimIssuer trustedIssuer) external;

    /// @notice Refused here: issuers change by order.
    function updateIssuerClaimTopics(IClaimIssuer trustedIssuer, uint256[] calldata claimTopics) external;

    function getTrustedIssuers() external view returns (IClaimIssuer[] memory);

    function getTrustedIssuersForClaimTopic(uint256 claimTopic) external view returns (IClaimIssuer[] memory);

    function isTrustedIssuer(address issuer) external view returns (bool);

    /// @return Empty for an issuer that is not trusted.
    function getTrustedIssuerClaimTopics(IClaimIssuer trustedIssuer) external view returns (uint256[] memory);

    function hasClaimTopic(address issuer, uint256 claimTopic) external view returns (bool);
}
