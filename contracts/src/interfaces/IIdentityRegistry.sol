// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Accounts, the identities behind them, the firm that answers for each, and KYC standing.
interface IIdentityRegistry {
    enum Status {
        None,
        Pending,
        Verified,
        Suspended,
        Revoked
    }

    struct Standing {
        address identity;
        uint32 firm;
        uint16 country;
        Status status;
        uint8 tier;
        uint64 expiry;
    }

    event FirmRegistered(uint32 indexed firm, bytes20 lei, string name);
    event IdentityCreated(address indexed identity, uint32 indexed firm, uint16 country);
    event AccountLinked(address indexed account, address indexed identity, uint32 indexed firm);
    event KycDecided(
        address indexed identity,
        uint32 indexed firm,
        Status status,
        uint8 tier,
        uint64 expiry,
        bytes32 evidence,
        bytes32 indexed orderId
    );

    error AccountTaken(address account, address identity);
    error FirmTaken(uint32 firm);
    error IdentityOfOtherFirm(address identity, uint32 firm);
    error IdentityOfOtherCountry(address identity, uint16 country);
    error LengthMismatch(uint256 left, uint256 right);
    error NotOrders(address caller);
    error NotRegistrar(address caller);
    error UnknownFirm(uint32 firm);
    error UnknownIdentity(address identity);
    error InvalidStatus(Status status);
    error ExpiryPassed(uint64 expiry);
    error ZeroAddress();

    /// @param lei Twenty ASCII characters of ISO 17442.
    function registerFirm(uint32 firm, bytes20 lei, string calldata name) external;

    /// @notice Links an account to an identity, creating the identity (Pending) if it is new. Registrar only.
    function register(address account, address identity, uint32 firm, uint16 country) external;

    function registerBatch(
        address[] calldata accounts,
        address[] calldata identities,
        uint32[] calldata firms,
        uint16[] calldata countries
    ) external;

    /// @notice Changes KYC standing. Orders only. `expiry` is a UNIX time in seconds, exclusive: at it the standing has lapsed.
    function decide(address identity, Status status, uint8 tier, uint64 expiry, bytes32 evidence, bytes32 orderId)
        external;

    /// @return The standing of the identity behind an account; all zero if the account is unknown.
    function standing(address account) external view returns (Standing memory);

    /// @notice Both sides of a movement at once; all zero for the zero address.
    function standings(address from, address to)
        external
        view
        returns (Standing memory sender, Standing memory recipient);

    function standingOf(address identity) external view returns (Standing memory);

    /// @return True if the account's identity is Verified and not past its expiry at block time.
    function isVerified(address account) external view returns (bool);
}
