// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IIdentity} from "./IIdentity.sol";

/// @notice The storage of identities that several tokens share, as ERC-3643 has it.
interface IERC3643IdentityRegistryStorage {
    event IdentityStored(address indexed investorAddress, IIdentity indexed identity);
    event IdentityRegistryBound(address indexed identityRegistry);

    /// @notice Refused here: only the bound registry writes, and that is the same contract.
    function addIdentityToStorage(address account, IIdentity identity, uint16 country) external;

    /// @notice Refused here: an account is linked for ever.
    function removeIdentityFromStorage(address account) external;

    /// @notice Refused here: an account is linked for ever.
    function modifyStoredIdentity(address account, IIdentity identity) external;

    /// @notice Refused here: a country changes by order.
    function modifyStoredInvestorCountry(address account, uint16 country) external;

    /// @notice Refused here: storage and registry are one for ever.
    function bindIdentityRegistry(address identityRegistry) external;

    /// @notice Refused here, likewise.
    function unbindIdentityRegistry(address identityRegistry) external;

    function storedIdentity(address account) external view returns (IIdentity);

    function storedInvestorCountry(address account) external view returns (uint16);

    function linkedIdentityRegistries() external view returns (address[] memory);
}
