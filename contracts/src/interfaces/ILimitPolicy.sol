// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IModule} from "./IModule.sol";

/// @notice How much an identity, and a firm with all its customers, may send; and how much an identity may hold.
/// Counted per identity across wallets and instruments, in one reference unit (0.01 of the reference currency).
interface ILimitPolicy is IModule {
    enum Scope {
        Identity, // overrides the tier's limit for one identity
        Tier, // applies to each identity of the tier on its own
        Firm // applies to all customers of the firm together
    }

    enum Window {
        Transfer, // one transfer
        Day, // every interval of 24 h, in steps of one hour
        Month, // every interval of 30 d, in steps of one day
        Balance // what the identity may hold; not for Scope.Firm
    }

    struct InitialLimit {
        Scope scope;
        bytes32 subject;
        Window window;
        uint256 limit;
    }

    struct InitialRate {
        address instrument;
        uint128 numerator;
        uint128 denominator;
    }

    event LimitSet(
        Scope indexed scope,
        bytes32 indexed subject,
        Window indexed window,
        uint256 limitBefore,
        uint256 limit,
        bytes32 orderId
    );
    event RateSet(address indexed instrument, uint128 numerator, uint128 denominator, bytes32 orderId);
    /// @notice Of a transfer, or of all transfers of a batch together.
    event FlowCounted(address indexed identity, uint32 indexed firm, address indexed instrument, uint256 value);

    error AlreadyFounded();
    error InvalidRate(uint128 numerator, uint128 denominator);
    error InvalidScope(Scope scope, Window window);
    error InvalidSubject(Scope scope, bytes32 subject);
    error LimitTooLarge(uint256 limit);
    error NotCompliance(address caller);
    error NotDeployer(address caller);
    /// @notice There is no contract at this address.
    error NotInstrument(address instrument);
    error NotOrders(address caller);
    error TooManyInstruments(uint256 limit);

    /// @notice The first limits and rates, before there is anything to protect. Once, by the deployer; order id zero.
    function found(InitialLimit[] calldata limits, InitialRate[] calldata rates) external;

    /// @param subject The identity (address in the low 20 bytes), tier or firm number.
    /// @param limit In reference units, inclusive. `type(uint256).max` says "no limit"; zero says "nothing".
    function setLimit(Scope scope, bytes32 subject, Window window, uint256 limit, bytes32 orderId) external;

    /// @notice value = amount * numerator / denominator, rounded up.
    function setRate(address instrument, uint128 numerator, uint128 denominator, bytes32 orderId) external;

    /// @return limit `type(uint256).max` if none is set. @return isSet False if the scope states none.
    function limitOf(Scope scope, bytes32 subject, Window window) external view returns (uint256 limit, bool isSet);

    /// @return used Reference units counted in the window that ends now; what is held, for Window.Balance.
    function usedOf(Scope scope, bytes32 subject, Window window) external view returns (uint256 used);

    function valueOf(address instrument, uint256 amount) external view returns (uint256);

    function rateOf(address instrument) external view returns (uint128 numerator, uint128 denominator);

    /// @notice Largest amount of the instrument the account's identity may send now, as far as limits go, and what binds.
    function headroom(address instrument, address account)
        external
        view
        returns (uint256 amount, uint8 code, bytes32 subject);
}
