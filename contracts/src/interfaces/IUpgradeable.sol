// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Code that can be replaced behind an address that stays: by an order, after a delay, with a way back.
interface IUpgradeable {
    event UpgradeScheduled(address indexed implementation, uint64 release, uint64 notBefore);
    event UpgradeCancelled(address indexed implementation);
    event UpgradeActivated(
        address indexed before, address indexed implementation, uint64 release, uint64 rollbackUntil
    );
    event UpgradeRolledBack(address indexed before, address indexed implementation, uint64 release);

    error NotAdministrator(address caller);
    error NotAnImplementation(address implementation);
    error NothingScheduled();
    error OtherWiring(address implementation, address roles, address registry);
    error ReleaseNotGrown(uint64 release, uint64 current);
    error UpgradeTooEarly(uint64 notBefore);

    /// @notice Orders only; what it does is told by the implementation that the order names.
    /// - The zero address: the scheduled upgrade is taken back.
    /// - The previous implementation, while it may come back: it is in force at once, without delay. What was scheduled
    ///   is taken back too.
    /// - Any other of a later release: it can be activated after the delay. It replaces what was scheduled.
    function scheduleUpgrade(address implementation) external;

    /// @notice An administrator puts the scheduled implementation in force, once the delay has passed.
    function activateUpgrade() external;

    function implementation() external view returns (address);

    /// @return implementation_ Zero if nothing is scheduled. @return notBefore A UNIX time, inclusive.
    function scheduledUpgrade() external view returns (address implementation_, uint64 notBefore);

    /// @return implementation_ Zero if there is no way back. @return rollbackUntil A UNIX time, exclusive.
    function previousImplementation() external view returns (address implementation_, uint64 rollbackUntil);

    /// @notice Asked of an implementation itself, before it is trusted.
    /// @return release_ Grows by one with each release. @return roles @return registry What it was built for.
    function build() external view returns (uint64 release_, address roles, address registry);
}
