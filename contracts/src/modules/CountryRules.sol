// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Cause, IModule, Movement} from "../interfaces/IModule.sol";
import {IOrders} from "../interfaces/IOrders.sol";
import {IRoles} from "../interfaces/IRoles.sol";
import {Codes, Verdict} from "../interfaces/IVerdict.sol";
import {Module} from "./Module.sol";

/// @title CountryRules
/// @notice From and to identities of which countries units may move: only the listed, or all but the listed.
///
/// Roles:
/// - The deployer founds the list. Orders lists and unlists from then on.
///
/// Promises:
/// - Both sides of a transfer, and the recipient of a mint, are asked; the sender first.
/// - The country is the identity's in the registry, by its number in ISO 3166-1, at the moment of the movement.
/// - Allow fails closed: a country that nobody listed, and no country at all, may not.
/// - Whether the list allows or restricts never changes.
/// - Burns, forced transfers and recoveries are never refused.
///
/// Not guaranteed:
/// - That a holder of a country that is no longer allowed leaves. Its units stay where they are.
contract CountryRules is Module {
    /// @notice The one kind of order that this module takes.
    IOrders.Kind public constant KIND = IOrders.Kind.SetCountryRule;

    enum Mode {
        Allow,
        Restrict
    }

    event CountryListed(uint16 indexed country, bool listed, bytes32 orderId);

    error UnknownCountry(uint16 country);

    /// @dev ISO 3166-1 numbers have three digits.
    uint16 public constant LAST_COUNTRY = 999;

    Mode public immutable MODE;

    /// @dev A bit for each country, 256 a word.
    mapping(uint256 word => uint256) private _listed;

    constructor(IRoles roles, Mode mode, uint16[] memory countries) Module(roles) {
        MODE = mode;
        for (uint256 i; i < countries.length; ++i) {
            _set(countries[i], true, 0);
        }
    }

    /* ORDERS */

    function setCountry(uint16 country, bool listed, bytes32 orderId) external onlyOrders {
        _set(country, listed, orderId);
    }

    /* COMPLIANCE */

    /// @inheritdoc IModule
    /// @dev Keeps no books: anybody may ask.
    function record(Movement calldata m) public view override returns (Verdict memory) {
        return check(m);
    }

    /* VIEWS */

    /// @inheritdoc IModule
    function check(Movement calldata m) public view returns (Verdict memory) {
        Cause cause = m.cause;
        if (cause == Cause.Transfer && !isAllowed(m.sender.country())) return _refuse(m.sender.country());
        bool receives = cause == Cause.Transfer || cause == Cause.Mint;
        if (receives && !isAllowed(m.recipient.country())) return _refuse(m.recipient.country());
        return _allow(type(uint256).max);
    }

    function isListed(uint16 country) public view returns (bool) {
        return _listed[country >> 8] >> (country & 0xff) & 1 == 1;
    }

    function isAllowed(uint16 country) public view returns (bool) {
        return isListed(country) == (MODE == Mode.Allow);
    }

    /* INTERNAL */

    function _set(uint16 country, bool listed, bytes32 orderId) internal {
        require(country != 0 && country <= LAST_COUNTRY, UnknownCountry(country));

        uint256 bit = uint256(1) << (country & 0xff);
        if (listed) _listed[country >> 8] |= bit;
        else _listed[country >> 8] &= ~bit;
        emit CountryListed(country, listed, orderId);
    }

    function _refuse(uint16 country) internal view returns (Verdict memory) {
        return Verdict(Codes.COUNTRY, address(this), 0, bytes32(uint256(country)));
    }
}
