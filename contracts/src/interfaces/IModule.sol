// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Side} from "../Sides.sol";
import {Verdict} from "./IVerdict.sol";

/// @notice Why units move. The first two are asked for and may be refused; the others are counted whatever a rule says.
enum Cause {
    Transfer,
    Mint,
    Burn,
    Forced,
    Recovery
}

/// @notice All that a rule is told of one movement. The instrument asks the registry once and passes on what it said.
/// @param from Zero for a mint. @param to Zero for a burn.
/// @param sender Zero where there is no such side or nobody registered it; likewise `recipient`.
struct Movement {
    Cause cause;
    address instrument;
    address from;
    address to;
    uint256 amount;
    Side sender;
    Side recipient;
}

/// @notice One rule of a compliance contract. `check` and `record` give the same verdict on the same movement.
interface IModule {
    /// @param entry The first that `record`, told one movement after the other, would not have counted.
    error BatchRefused(uint256 entry);

    function check(Movement calldata movement) external view returns (Verdict memory);

    /// @notice Checks, and counts if allowed. Called before balances move, by the bound compliance of the instrument.
    /// Burn, Forced and Recovery are never refused.
    function record(Movement calldata movement) external returns (Verdict memory);

    /// @notice What `record` of one after the other does, with no balance moved between; or nothing: it reverts if one
    /// of them is refused. Transfers of one instrument from one account.
    function recordBatch(Movement[] calldata movements) external;
}
