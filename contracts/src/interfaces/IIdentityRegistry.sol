// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Side} from "../Sides.sol";
import {IERC3643IdentityRegistry} from "./IERC3643IdentityRegistry.sol";
import {IERC3643IdentityRegistryStorage} from "./IERC3643IdentityRegistryStorage.sol";
import {ITrust} from "./ITrust.sol";

/// @notice Accounts, the identities behind them, the firm that answers for each, and their standing. Beside its own
/// functions it has those of ERC-3643's registry, storage, claim topics and trusted issuers.
interface IIdentityRegistry is IERC3643IdentityRegistry, IERC3643IdentityRegistryStorage, ITrust {
    enum Status {
        None,
        Pending,
        Verified,
        Suspended,
        Revoked
    }

    /// @param expiry UNIX seconds, exclusive: at it the standing has lapsed.
    /// @param flagged Screening hit it: it may neither send nor receive.
    /// @param claimed Each required claim topic is covered by a valid claim of a trusted issuer, now.
    struct Standing {
        address identity;
        uint32 firm;
        uint16 country;
        Status status;
        uint8 tier;
        uint64 expiry;
        bool flagged;
        bool claimed;
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

    event FlagSet(address indexed identity, uint32 indexed firm, bool flagged, bytes32 indexed orderId);
    event CountryChanged(
        address indexed identity, uint32 indexed firm, uint16 countryBefore, uint16 country, bytes32 indexed orderId
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
    error InvalidCountry(uint16 country);
    error CountryUnchanged(address identity, uint16 country);
    error LinkedForEver(address account, address identity);
    error NotBoundRegistry(address caller);
    /// @param call The selector refused. @param subject Whom it would have named instead.
    error WiredForEver(bytes4 call, address subject);
    error ZeroAddress(address account, address identity);

    /// @param lei Twenty ASCII characters of ISO 17442.
    function registerFirm(uint32 firm, bytes20 lei, string calldata name) external;

    /// @notice Links an account to an identity, creating the identity (Pending) if it is new. Registrar only.
    function register(address account, address identity_, uint32 firm, uint16 country) external;

    function registerBatch(
        address[] calldata accounts,
        address[] calldata identities,
        uint32[] calldata firms,
        uint16[] calldata countries
    ) external;

    /// @notice Changes KYC standing. Orders only. `expiry` is a UNIX time in seconds, exclusive: at it the standing has lapsed.
    function decide(address identity_, Status status, uint8 tier, uint64 expiry, bytes32 evidence, bytes32 orderId)
        external;

    /// @notice Says that screening hit an identity, or that it was cleared. Orders only. KYC standing is left as it is.
    function setFlag(address identity_, bool flagged, bytes32 orderId) external;

    /// @notice A person moved. Orders only. @param country ISO 3166-1 numeric.
    function setCountry(address identity_, uint16 country, bytes32 orderId) external;

    /// @return The standing of the identity behind an account; all zero if the account is unknown.
    function standing(address account) external view returns (Standing memory);

    function standingOf(address identity_) external view returns (Standing memory);

    /// @notice Both sides of a movement at once, judged now; zero for an account that is unknown.
    function sides(address from, address to) external view returns (Side sender, Side recipient);

    /// @notice The same of many movements from one account.
    function sidesBatch(address from, address[] calldata to)
        external
        view
        returns (Side sender, Side[] memory recipients);
}
