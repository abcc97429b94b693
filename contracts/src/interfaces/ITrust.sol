// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IClaimTopicsRegistry} from "./IClaimTopicsRegistry.sol";
import {ITrustedIssuersRegistry} from "./ITrustedIssuersRegistry.sol";

/// @notice Which claims an identity needs, and whose count. The registries of ERC-3643, written to by order alone.
interface ITrust is IClaimTopicsRegistry, ITrustedIssuersRegistry {
    event TrustedIssuerSet(address indexed issuer, uint256 indexed topic, bool trusted, bytes32 indexed orderId);
    event ClaimTopicSet(uint256 indexed topic, bool required, bytes32 indexed orderId);

    error IssuerTaken(address issuer, uint256 topic);
    error NotContract(address issuer);
    /// @param call The selector refused. @param subject Whom or what it was about, in the low bytes.
    error OnlyByOrder(bytes4 call, bytes32 subject);
    /// @dev Less gas was left than a claim's question may use. With less, an honest answer would be taken for none.
    error TooLittleGas(uint256 left, uint256 needed);
    error TooManyIssuers(uint256 limit);
    error TooManyTopics(uint256 limit);
    error TopicTaken(uint256 topic);
    error TopicWithoutIssuer(uint256 topic);
    error UnknownIssuer(address issuer, uint256 topic);
    error UnknownTopic(uint256 topic);
    error ZeroTopic();

    /// @notice Trusts an issuer for a topic, or no longer. Orders only.
    /// @param issuer A contract that answers IClaimIssuer. It may be one of fifty.
    function setTrustedIssuer(address issuer, uint256 topic, bool trusted, bytes32 orderId) external;

    /// @notice Requires a claim of each identity, or no longer. Orders only. Refused while no issuer is trusted for the
    /// topic: that would make everybody ineligible at once.
    function setClaimTopic(uint256 topic, bool required, bytes32 orderId) external;
}
