// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IClaimTopicsRegistry} from "./interfaces/IClaimTopicsRegistry.sol";
import {IERC3643IdentityRegistry} from "./interfaces/IERC3643IdentityRegistry.sol";
import {IERC3643IdentityRegistryStorage} from "./interfaces/IERC3643IdentityRegistryStorage.sol";
import {IIdentity} from "./interfaces/IIdentity.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {IRoles} from "./interfaces/IRoles.sol";
import {ITrustedIssuersRegistry} from "./interfaces/ITrustedIssuersRegistry.sol";
import {Role} from "./Roles.sol";
import {Trust} from "./Trust.sol";

/// @title ERC3643Registry
/// @notice What ERC-3643 expects around an identity registry, said truly: who it obeys, that registry, storage, topics
/// and issuers are one contract, and by name each write that would go around an order.
///
/// Promises:
/// - The owner (ERC-173) is Orders, the agents are the registrars, at any time.
/// - Nothing here writes.
abstract contract ERC3643Registry is IIdentityRegistry, Trust {
    IRoles public immutable ROLES;

    modifier onlyRegistrar() {
        _onlyRegistrar();
        _;
    }

    constructor(IRoles roles) {
        ROLES = roles;
        emit ClaimTopicsRegistrySet(address(this));
        emit TrustedIssuersRegistrySet(address(this));
        emit IdentityStorageSet(address(this));
        emit IdentityRegistryBound(address(this));
    }

    /* REFUSED: AN ACCOUNT IS LINKED FOR EVER */

    /// @inheritdoc IERC3643IdentityRegistry
    function deleteIdentity(address account) external view {
        revert LinkedForEver(account, _identityBehind(account));
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function updateIdentity(address account, IIdentity) external view {
        revert LinkedForEver(account, _identityBehind(account));
    }

    /// @inheritdoc IERC3643IdentityRegistryStorage
    function removeIdentityFromStorage(address account) external view {
        revert LinkedForEver(account, _identityBehind(account));
    }

    /// @inheritdoc IERC3643IdentityRegistryStorage
    function modifyStoredIdentity(address account, IIdentity) external view {
        revert LinkedForEver(account, _identityBehind(account));
    }

    /* REFUSED: BY ORDER ONLY */

    /// @inheritdoc IERC3643IdentityRegistry
    function updateCountry(address account, uint16) external pure {
        revert OnlyByOrder(msg.sig, _toWord(account));
    }

    /// @inheritdoc IERC3643IdentityRegistryStorage
    function modifyStoredInvestorCountry(address account, uint16) external pure {
        revert OnlyByOrder(msg.sig, _toWord(account));
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function addAgent(address agent) external pure {
        revert OnlyByOrder(msg.sig, _toWord(agent));
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function removeAgent(address agent) external pure {
        revert OnlyByOrder(msg.sig, _toWord(agent));
    }

    /* REFUSED: ONE CONTRACT FOR EVER */

    /// @inheritdoc IERC3643IdentityRegistryStorage
    function addIdentityToStorage(address, IIdentity, uint16) external view {
        revert NotBoundRegistry(msg.sender);
    }

    /// @inheritdoc IERC3643IdentityRegistryStorage
    function bindIdentityRegistry(address registry) external pure {
        revert WiredForEver(msg.sig, registry);
    }

    /// @inheritdoc IERC3643IdentityRegistryStorage
    function unbindIdentityRegistry(address registry) external pure {
        revert WiredForEver(msg.sig, registry);
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function setIdentityRegistryStorage(address registry) external pure {
        revert WiredForEver(msg.sig, registry);
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function setClaimTopicsRegistry(address registry) external pure {
        revert WiredForEver(msg.sig, registry);
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function setTrustedIssuersRegistry(address registry) external pure {
        revert WiredForEver(msg.sig, registry);
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function transferOwnership(address newOwner) external pure {
        revert WiredForEver(msg.sig, newOwner);
    }

    /* VIEWS */

    /// @inheritdoc IERC3643IdentityRegistry
    function contains(address account) external view returns (bool) {
        return _identityBehind(account) != address(0);
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function identity(address account) external view returns (IIdentity) {
        return IIdentity(_identityBehind(account));
    }

    /// @inheritdoc IERC3643IdentityRegistryStorage
    function storedIdentity(address account) external view returns (IIdentity) {
        return IIdentity(_identityBehind(account));
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function investorCountry(address account) external view returns (uint16) {
        return _countryOf(_identityBehind(account));
    }

    /// @inheritdoc IERC3643IdentityRegistryStorage
    function storedInvestorCountry(address account) external view returns (uint16) {
        return _countryOf(_identityBehind(account));
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function identityStorage() external view returns (IERC3643IdentityRegistryStorage) {
        return this;
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function issuersRegistry() external view returns (ITrustedIssuersRegistry) {
        return this;
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function topicsRegistry() external view returns (IClaimTopicsRegistry) {
        return this;
    }

    /// @inheritdoc IERC3643IdentityRegistryStorage
    function linkedIdentityRegistries() external view returns (address[] memory registries) {
        registries = new address[](1);
        registries[0] = address(this);
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function isAgent(address account) external view returns (bool) {
        return ROLES.holds(account, Role.REGISTRAR);
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function owner() external view returns (address) {
        return ROLES.orders();
    }

    /* INTERNAL */

    /// @return Zero for an account that nobody linked.
    function _identityBehind(address account) internal view virtual returns (address);

    /// @return Zero for an identity that nobody created.
    function _countryOf(address identity_) internal view virtual returns (uint16);

    function _onlyOrders() internal view override {
        require(msg.sender == ROLES.orders(), NotOrders(msg.sender));
    }

    function _onlyRegistrar() internal view {
        require(ROLES.holds(msg.sender, Role.REGISTRAR), NotRegistrar(msg.sender));
    }
}
