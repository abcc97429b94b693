// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Movement} from "./IModule.sol";
import {Verdict} from "./IVerdict.sol";

/// @notice ERC-3643 compliance made of modules, for one token; `verdict` adds the reason to `canTransfer`.
interface ICompliance {
    event TokenBound(address token);
    /// @dev Of a compliance that lets go of its token. Ours never says it.
    event TokenUnbound(address token);
    event ModuleAdded(address indexed module);
    /// @dev Of a compliance whose modules change. Ours never says it; readers heed it of any that an order chose.
    event ModuleRemoved(address indexed module);

    error AlreadyBound(address token);
    error BoundForLife(address token);
    error ModuleTaken(address module);
    error NotAdministrator(address caller);
    error MovementRefused(uint8 code, address module, uint256 headroom, bytes32 subject);
    error NotToken(address caller);
    error TooManyModules(uint256 limit);

    /// @notice Once.
    function bindToken(address token) external;

    /// @dev Refused by name: it would be a pause by one person, without an end and without an order.
    function unbindToken(address token) external;

    function isTokenBound(address token) external view returns (bool);

    function getTokenBound() external view returns (address);

    function getModules() external view returns (address[] memory);

    function canTransfer(address from, address to, uint256 amount) external view returns (bool);

    /// @notice What `record` would say: the first refusal, else the tightest of all modules.
    function verdict(Movement calldata movement) external view returns (Verdict memory);

    /// @notice Checks and counts in one pass, before balances move. Token only. A refusal counts only if the token does
    /// not revert: some modules may have counted before another refused.
    function record(Movement calldata movement) external returns (Verdict memory);

    /// @notice `record` of several transfers from one account; reverts if one of them is refused. Token only.
    function recordBatch(Movement[] calldata movements) external;

    /// @notice The EIP's hooks: `record` with the standings looked up here, and a refusal reverts. Token only.
    function transferred(address from, address to, uint256 amount) external;

    function created(address to, uint256 amount) external;

    function destroyed(address from, uint256 amount) external;
}
