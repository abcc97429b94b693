// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Role} from "../Roles.sol";
import {InstrumentBase} from "./InstrumentBase.sol";

/// @title Refusals
/// @notice What ERC-3643 and ERC-173 give an owner and this suite gives nobody: answered by name, not by a missing function.
///
/// Promises:
/// - The owner is Orders and the agents are Orders and the issuers, as the table of roles says. Neither changes here.
/// - Name, symbol, onchain identity and registry are for life.
abstract contract Refusals is InstrumentBase {
    function owner() external view returns (address) {
        return ROLES.orders();
    }

    function isAgent(address account) external view returns (bool) {
        return account == ROLES.orders() || ROLES.holds(account, Role.ISSUER);
    }

    function transferOwnership(address) external pure {
        revert FunctionRefused(msg.sig);
    }

    function addAgent(address) external pure {
        revert FunctionRefused(msg.sig);
    }

    function removeAgent(address) external pure {
        revert FunctionRefused(msg.sig);
    }

    function setName(string calldata) external pure {
        revert FunctionRefused(msg.sig);
    }

    function setSymbol(string calldata) external pure {
        revert FunctionRefused(msg.sig);
    }

    function setOnchainID(address) external pure {
        revert FunctionRefused(msg.sig);
    }

    function setIdentityRegistry(address) external pure {
        revert FunctionRefused(msg.sig);
    }
}
