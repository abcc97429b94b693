// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {IRoles} from "./interfaces/IRoles.sol";
import {Role} from "./Roles.sol";

/// @title IdentityRegistry
/// @notice Which identity stands behind an account, which firm answers for it, and its KYC standing.
///
/// Roles:
/// - A registrar registers firms and links accounts. It cannot verify anybody.
/// - Orders decides KYC standing. Nobody else does.
///
/// Promises:
/// - An account belongs to at most one identity, an identity to exactly one firm and country, for ever:
///   there is no unlinking, so what an identity holds is always the sum over its accounts.
/// - A new identity is Pending: it can neither send nor receive.
/// - A standing lapses by itself at its expiry, judged at block time; no act and no event is needed.
/// - All of it is rebuildable from events.
///
/// Not guaranteed:
/// - That two identities are two persons: identities are told apart off chain, behind `evidence`.
/// - An event at the moment of expiry. Readers compare `expiry` with the block's time themselves.
contract IdentityRegistry is IIdentityRegistry {
    /// @dev One slot. What `Standing` says, but for the identity itself.
    struct Record {
        uint32 firm;
        uint16 country;
        Status status;
        uint8 tier;
        uint64 expiry;
    }

    IRoles public immutable ROLES;

    mapping(uint32 firm => bool) private _firms;
    mapping(address account => address) private _identityOf;
    mapping(address identity => Record) private _records;

    modifier onlyRegistrar() {
        _onlyRegistrar();
        _;
    }

    constructor(IRoles roles) {
        ROLES = roles;
    }

    /* ORDERS */

    /// @inheritdoc IIdentityRegistry
    function decide(address identity, Status status, uint8 tier, uint64 expiry, bytes32 evidence, bytes32 orderId)
        external
    {
        require(msg.sender == ROLES.orders(), NotOrders(msg.sender));
        Record storage record = _records[identity];
        uint32 firm = record.firm;
        require(firm != 0, UnknownIdentity(identity));
        require(status != Status.None, InvalidStatus(status));
        // A verification that has already lapsed is a mistake in the order, not a standing.
        require(status != Status.Verified || expiry > block.timestamp, ExpiryPassed(expiry));

        record.status = status;
        record.tier = tier;
        record.expiry = expiry;
        emit KycDecided(identity, firm, status, tier, expiry, evidence, orderId);
    }

    /* REGISTRAR */

    /// @inheritdoc IIdentityRegistry
    function registerFirm(uint32 firm, bytes20 lei, string calldata name) external onlyRegistrar {
        // Zero says "no firm" in a standing.
        require(firm != 0, UnknownFirm(firm));
        require(!_firms[firm], FirmTaken(firm));

        _firms[firm] = true;
        emit FirmRegistered(firm, lei, name);
    }

    /// @inheritdoc IIdentityRegistry
    function register(address account, address identity, uint32 firm, uint16 country) external onlyRegistrar {
        _register(account, identity, firm, country);
    }

    /// @inheritdoc IIdentityRegistry
    function registerBatch(
        address[] calldata accounts,
        address[] calldata identities,
        uint32[] calldata firms,
        uint16[] calldata countries
    ) external onlyRegistrar {
        uint256 length = accounts.length;
        // All or nothing: a longer array must not lose its tail in silence.
        require(identities.length == length, LengthMismatch(length, identities.length));
        require(firms.length == length, LengthMismatch(length, firms.length));
        require(countries.length == length, LengthMismatch(length, countries.length));

        for (uint256 i; i < length; ++i) {
            _register(accounts[i], identities[i], firms[i], countries[i]);
        }
    }

    /* VIEWS */

    /// @inheritdoc IIdentityRegistry
    function standing(address account) external view returns (Standing memory) {
        return _standing(_identityOf[account]);
    }

    /// @inheritdoc IIdentityRegistry
    function standings(address from, address to)
        external
        view
        returns (Standing memory sender, Standing memory recipient)
    {
        return (_standing(_identityOf[from]), _standing(_identityOf[to]));
    }

    /// @inheritdoc IIdentityRegistry
    function standingOf(address identity) external view returns (Standing memory) {
        return _standing(identity);
    }

    /// @inheritdoc IIdentityRegistry
    function isVerified(address account) external view returns (bool) {
        Record storage record = _records[_identityOf[account]];
        return record.status == Status.Verified && block.timestamp < record.expiry;
    }

    /* INTERNAL */

    function _register(address account, address identity, uint32 firm, uint16 country) internal {
        require(account != address(0) && identity != address(0), ZeroAddress());
        require(_firms[firm], UnknownFirm(firm));
        address owner = _identityOf[account];
        require(owner == address(0), AccountTaken(account, owner));

        Record storage record = _records[identity];
        if (record.status == Status.None) {
            record.firm = firm;
            record.country = country;
            record.status = Status.Pending;
            emit IdentityCreated(identity, firm, country);
        } else {
            require(record.firm == firm, IdentityOfOtherFirm(identity, record.firm));
            require(record.country == country, IdentityOfOtherCountry(identity, record.country));
        }

        _identityOf[account] = identity;
        emit AccountLinked(account, identity, firm);
    }

    function _onlyRegistrar() internal view {
        require(ROLES.holds(msg.sender, Role.REGISTRAR), NotRegistrar(msg.sender));
    }

    /// @return All zero for an identity that nobody registered, the zero address among them.
    function _standing(address identity) internal view returns (Standing memory) {
        Record memory record = _records[identity];
        if (record.status == Status.None) identity = address(0);
        return Standing(identity, record.firm, record.country, record.status, record.tier, record.expiry);
    }
}
