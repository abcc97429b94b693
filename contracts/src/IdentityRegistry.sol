// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC3643Registry} from "./ERC3643Registry.sol";
import {Fitness, Side, Sides} from "./Sides.sol";
import {IERC3643IdentityRegistry} from "./interfaces/IERC3643IdentityRegistry.sol";
import {IIdentity} from "./interfaces/IIdentity.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {IRoles} from "./interfaces/IRoles.sol";

/// @title IdentityRegistry
/// @notice Which identity stands behind an account, which firm answers for it, its country, its KYC standing, whether
/// screening hit it, and whether it has the claims required. One for all instruments.
///
/// Roles:
/// - A registrar registers firms, creates identities and links accounts. It cannot verify anybody.
/// - Orders decides KYC standing, screening, a change of country, and whose claims count. Nobody else does.
///
/// Promises:
/// - An account belongs to at most one identity, an identity to exactly one firm, for ever: there is no unlinking, so
///   what an identity holds is always the sum over its accounts.
/// - A new identity is Pending: it can neither send nor receive.
/// - `isVerified` is true of an account exactly if its identity is Verified, before its expiry, not flagged, and has
///   all claims. A decision leaves the flag as it is, a flag the decision.
/// - A standing lapses by itself at its expiry, judged at block time; no act and no event is needed.
/// - All that is stored is rebuildable from events.
/// - While no claim is required, the standings of two known accounts cost five slots.
///
/// Not guaranteed:
/// - That two identities are two persons: identities are told apart off chain, behind `evidence`.
/// - An event at the moment of expiry, or of a claim's revocation. Readers judge at the block's time themselves.
contract IdentityRegistry is ERC3643Registry {
    /// @dev ISO 3166-1 numeric codes have three digits; zero is none.
    uint16 public constant LAST_COUNTRY = 999;

    /// @dev One slot. What `Standing` says, but for the identity itself and its claims.
    struct Record {
        uint32 firm;
        uint16 country;
        Status status;
        uint8 tier;
        uint64 expiry;
        bool flagged;
    }

    mapping(uint32 firm => bool) private _firms;
    mapping(address account => address) private _identityOf;
    mapping(address identity => Record) private _records;

    constructor(IRoles roles) ERC3643Registry(roles) {}

    /* ORDERS */

    /// @inheritdoc IIdentityRegistry
    function decide(address identity_, Status status, uint8 tier, uint64 expiry, bytes32 evidence, bytes32 orderId)
        external
        onlyOrders
    {
        Record storage record = _known(identity_);
        require(status != Status.None, InvalidStatus(status));
        // A verification that has already lapsed is a mistake in the order, not a standing.
        require(status != Status.Verified || expiry > block.timestamp, ExpiryPassed(expiry));

        record.status = status;
        record.tier = tier;
        record.expiry = expiry;
        emit KycDecided(identity_, record.firm, status, tier, expiry, evidence, orderId);
    }

    /// @inheritdoc IIdentityRegistry
    function setFlag(address identity_, bool flagged, bytes32 orderId) external onlyOrders {
        Record storage record = _known(identity_);

        // Flagging twice is no mistake: a second hit is a fact too, and an emergency must not fail.
        record.flagged = flagged;
        emit FlagSet(identity_, record.firm, flagged, orderId);
    }

    /// @inheritdoc IIdentityRegistry
    function setCountry(address identity_, uint16 country, bytes32 orderId) external onlyOrders {
        Record storage record = _known(identity_);
        _requireCountry(country);
        uint16 countryBefore = record.country;
        require(country != countryBefore, CountryUnchanged(identity_, country));

        record.country = country;
        emit CountryChanged(identity_, record.firm, countryBefore, country, orderId);
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
    function register(address account, address identity_, uint32 firm, uint16 country) external onlyRegistrar {
        _register(account, identity_, firm, country);
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

    /// @inheritdoc IERC3643IdentityRegistry
    function registerIdentity(address account, IIdentity identity_, uint16 country) external onlyRegistrar {
        _linkKnown(account, address(identity_), country);
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function batchRegisterIdentity(
        address[] calldata accounts,
        IIdentity[] calldata identities,
        uint16[] calldata countries
    ) external onlyRegistrar {
        uint256 length = accounts.length;
        require(identities.length == length, LengthMismatch(length, identities.length));
        require(countries.length == length, LengthMismatch(length, countries.length));

        for (uint256 i; i < length; ++i) {
            _linkKnown(accounts[i], address(identities[i]), countries[i]);
        }
    }

    /* VIEWS */

    /// @inheritdoc IIdentityRegistry
    function sides(address from, address to) external view returns (Side sender, Side recipient) {
        address identityFrom = _identityOf[from];
        address identityTo = _identityOf[to];
        sender = _side(identityFrom);
        // Of one person's own accounts, claims are not asked twice.
        recipient = identityTo == identityFrom ? sender : _side(identityTo);
    }

    /// @inheritdoc IIdentityRegistry
    function sidesBatch(address from, address[] calldata to)
        external
        view
        returns (Side sender, Side[] memory recipients)
    {
        address identityFrom = _identityOf[from];
        sender = _side(identityFrom);
        recipients = new Side[](to.length);
        for (uint256 i; i < to.length; ++i) {
            address identityTo = _identityOf[to[i]];
            recipients[i] = identityTo == identityFrom ? sender : _side(identityTo);
        }
    }

    /// @inheritdoc IIdentityRegistry
    function standing(address account) external view returns (Standing memory) {
        return _standing(_identityOf[account]);
    }

    /// @inheritdoc IIdentityRegistry
    function standingOf(address identity_) external view returns (Standing memory) {
        return _standing(identity_);
    }

    /// @inheritdoc IERC3643IdentityRegistry
    function isVerified(address account) external view returns (bool) {
        address identity_ = _identityOf[account];
        return _fitness(identity_, _records[identity_]) == Fitness.Eligible;
    }

    /* INTERNAL */

    function _register(address account, address identity_, uint32 firm, uint16 country) internal {
        require(account != address(0) && identity_ != address(0), ZeroAddress(account, identity_));
        require(_firms[firm], UnknownFirm(firm));

        Record storage record = _records[identity_];
        if (record.status == Status.None) {
            _requireCountry(country);
            record.firm = firm;
            record.country = country;
            record.status = Status.Pending;
            emit IdentityCreated(identity_, firm, country);
        } else {
            require(record.firm == firm, IdentityOfOtherFirm(identity_, record.firm));
        }
        _link(account, identity_, record, country);
    }

    function _linkKnown(address account, address identity_, uint16 country) internal {
        require(account != address(0) && identity_ != address(0), ZeroAddress(account, identity_));
        _link(account, identity_, _known(identity_), country);
    }

    function _link(address account, address identity_, Record storage record, uint16 country) internal {
        require(record.country == country, IdentityOfOtherCountry(identity_, record.country));
        address taken = _identityOf[account];
        require(taken == address(0), AccountTaken(account, taken));

        _identityOf[account] = identity_;
        emit AccountLinked(account, identity_, record.firm);
        emit IdentityStored(account, IIdentity(identity_));
        emit IdentityRegistered(account, IIdentity(identity_));
    }

    function _requireCountry(uint16 country) internal pure {
        require(country != 0 && country <= LAST_COUNTRY, InvalidCountry(country));
    }

    function _known(address identity_) internal view returns (Record storage record) {
        record = _records[identity_];
        require(record.firm != 0, UnknownIdentity(identity_));
    }

    /// @return s All zero for an identity that nobody registered, the zero address among them.
    function _standing(address identity_) internal view returns (Standing memory s) {
        if (identity_ == address(0)) return s;
        Record memory record = _records[identity_];
        if (record.status == Status.None) return s;
        s = Standing({
            identity: identity_,
            firm: record.firm,
            country: record.country,
            status: record.status,
            tier: record.tier,
            expiry: record.expiry,
            flagged: record.flagged,
            claimed: _hasClaims(identity_)
        });
    }

    function _side(address identity_) internal view returns (Side) {
        Record memory record = _records[identity_];
        if (record.status == Status.None) return Side.wrap(0);
        return Sides.pack(identity_, record.firm, record.country, record.tier, _fitness(identity_, record));
    }

    /// @dev The one judgement of who may send and receive. Claims come last: only they ask other contracts.
    function _fitness(address identity_, Record memory record) internal view returns (Fitness) {
        if (record.status == Status.None) return Fitness.Unknown;
        if (record.status != Status.Verified) return Fitness.NotVerified;
        if (block.timestamp >= record.expiry) return Fitness.Expired;
        if (record.flagged) return Fitness.Flagged;
        return _hasClaims(identity_) ? Fitness.Eligible : Fitness.Unclaimed;
    }

    function _identityBehind(address account) internal view override returns (address) {
        return _identityOf[account];
    }

    function _countryOf(address identity_) internal view override returns (uint16) {
        return _records[identity_].country;
    }
}
