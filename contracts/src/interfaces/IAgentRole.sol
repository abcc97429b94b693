// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.37;

/// @notice The agents of ERC-3643.
interface IAgentRole {
    event AgentAdded(address indexed agent);
    event AgentRemoved(address indexed agent);

    function addAgent(address agent) external;

    function removeAgent(address agent) external;

    function isAgent(address agent) external view returns (bool);
}
