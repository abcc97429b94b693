// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IClaimTopicsRegistry} from "./IClaimTopicsRegistry.sol";
import {IERC3643IdentityRegistryStorage} from "./IERC3643IdentityRegistryStorage.sol";
import {IIdentity} from "./IIdentity.sol";
import {ITrustedIssuersRegistry} from "./ITrustedIssuersRegistry.sol";

/// @notice The identity registry of ERC-3643, as the EIP has it, with its owner (ERC-173) and agents.
interface IERC3643IdentityRegistry {
    event ClaimTopicsRegistrySet(address indexed claimTopicsRegistry);
    event IdentityStorageSet(address indexed identityStorage);
    event TrustedIssuersRegistrySet(address indexed trustedIssuersRegistry);
    event IdentityRegistered(address indexed investorAddress, IIdentity indexed identity);

    /// @notice Links an account to an identity that exists already, and has that country. Registrar only.
    function registerIdentity(address account, IIdentity identity, uint16 country) external;

    function batchRegisterIdentity(
        address[] calldata accounts,
        IIdentity[] calldata identities,
        uint16[] calldata countries
    ) external;

    /// @notice Refused here: an account is linked for ever.
    function deleteIdentity(address account) external;

    /// @notice Refused here: an account is linked for ever.
    function updateIdentity(address account, IIdentity identity) external;

    /// @notice Refused here: a country changes by order, for the identity with all its accounts.
    function updateCountry(address account, uint16 country) external;

    /// @notice Refused here: the registry is its own storage for ever.
    function setIdentityRegistryStorage(address identityRegistryStorage) external;

    /// @notice Refused here, likewise.
    function setClaimTopicsRegistry(address claimTopicsRegistry) external;

    /// @notice Refused here, likewise.
    function setTrustedIssuersRegistry(address trustedIssuersRegistry) external;

    /// @notice Refused here: agents are the registrars of Roles, who change by order.
    function addAgent(address agent) external;

    /// @notice Refused here, likewise.
    function removeAgent(address agent) external;

    /// @notice Refused here: the owner is Orders for ever.
    function transferOwnership(address newOwner) external;

    /// @return Whether the account is linked to an identity, whatever that one's standing.
    function contains(address account) external view returns (bool);

    /// @return True if the account's identity is Verified and not past its expiry at block time, no screening has hit
    /// it, and each required claim topic is covered by a claim that a trusted issuer calls valid.
    function isVerified(address account) external view returns (bool);

    function identity(address account) external view returns (IIdentity);

    /// @return ISO 3166-1 numeric; zero if the account is unknown.
    function investorCountry(address account) external view returns (uint16);

    function identityStorage() external view returns (IERC3643IdentityRegistryStorage);

    function issuersRegistry() external view returns (ITrustedIssuersRegistry);

    function topicsRegistry() external view returns (IClaimTopicsRegistry);

    function isAgent(address account) external view returns (bool);

    function owner() external view returns (address);
}
