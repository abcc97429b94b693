// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IAgentRole} from "./IAgentRole.sol";
import {IERC1404} from "./IERC1404.sol";
import {IERC173} from "./IERC173.sol";
import {IERC3643} from "./IERC3643.sol";
import {IERC7943Fungible} from "./IERC7943.sol";
import {Verdict} from "./IVerdict.sol";

/// @notice A regulated token: ERC-20, ERC-2612, ERC-165, ERC-1404, ERC-3643 and ERC-7943 at once.
/// Where those differ, docs/decisions/008-instrument-conformance.md says which one is followed.
interface IInstrument is IERC3643, IERC7943Fungible, IERC1404, IERC173, IAgentRole {
    /// @notice Beside AddressFrozen, whose form has no room for it. @param until Exclusive; zero when lifted.
    event FrozenUntil(address indexed account, uint64 until);
    /// @notice Beside Paused and Unpaused. @param until Exclusive; zero when lifted.
    event PausedUntil(uint64 until);

    error AccountRetired(address account, address replacement);
    error AmountAboveFrozen(address account, uint256 amount, uint256 frozen);
    error AmountTooLarge(uint256 amount, uint256 most);
    error BatchTooLong(uint256 length, uint256 most);
    error ComplianceNotBound(address compliance);
    error DuplicateAccount(address account, uint256 index);
    error FunctionRefused(bytes4 selector);
    error LengthMismatch(uint256 left, uint256 right);
    error NotIssuer(address caller);
    error NotOfIdentity(address account, address identity, address expected);
    error NotOrders(address caller);
    error SameAccount(address account);
    error TransferRefused(
        address from, address to, uint256 amount, uint8 code, address module, uint256 headroom, bytes32 subject
    );
    error UntilPassed(uint64 until);
    error ZeroAddress();

    /// @notice Freezes an account until a time, exclusive, judged at block time. The largest time means "until lifted".
    /// Orders only, which refuses what would shorten a freeze that stands; here the last word holds.
    function freeze(address account, uint64 until) external;

    /// @notice Stops the instrument until a time, exclusive. Orders only, which refuses what would shorten a pause that
    /// stands; here the last word holds.
    function pause(uint64 until) external;

    /// @notice Moves units whatever the sender's standing, freeze, limits or a pause. Orders only.
    /// The recipient must be able to receive; frozen units move for the shortfall only, and are then frozen no longer.
    function forcedTransfer(address from, address to, uint256 amount)
        external
        override(IERC3643, IERC7943Fungible)
        returns (bool);

    /// @return The absolute amount frozen, which may exceed the balance.
    function getFrozenTokens(address account) external view override(IERC3643, IERC7943Fungible) returns (uint256);

    /// @return A UNIX time, exclusive; in the past or zero if the account is not frozen.
    function frozenUntil(address account) external view returns (uint64);

    /// @return A UNIX time, exclusive; in the past or zero if the instrument is not paused.
    function pausedUntil() external view returns (uint64);

    /// @return The account that took over from a lost one; zero if it was not recovered.
    function replacementOf(address account) external view returns (address);

    /// @notice What `transfer` would do with these arguments now; from the zero address, what `mint` would do.
    function verdict(address from, address to, uint256 amount) external view returns (Verdict memory);
}
