// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Verdict} from "./IVerdict.sol";

/// @notice One rule of a compliance contract. `check` says; the other three count. Called by bound compliances only.
interface IModule {
    function check(address instrument, address from, address to, uint256 amount) external view returns (Verdict memory);

    function transferred(address instrument, address from, address to, uint256 amount) external;

    function created(address instrument, address to, uint256 amount) external;

    function destroyed(address instrument, address from, uint256 amount) external;
}
