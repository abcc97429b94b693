// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC1967} from "@openzeppelin/contracts/interfaces/IERC1967.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC3643} from "../../src/interfaces/IERC3643.sol";
import {IERC7943Fungible} from "../../src/interfaces/IERC7943.sol";
import {IInstrument} from "../../src/interfaces/IInstrument.sol";
import {IUpgradeable} from "../../src/interfaces/IUpgradeable.sol";
import {Vm} from "../Test.sol";
import {Replay} from "./Replay.sol";
import {ReplayedPeople} from "./ReplayedPeople.sol";

/// @dev What each instrument's own events say of it. Who holds through which account is the registry's word.
abstract contract ReplayedInstruments is ReplayedPeople {
    using Replay for Vm.Log;

    struct Token {
        uint256 supply;
        uint64 pausedUntil;
        address compliance;
        address registry;
        /// @dev keccak256 of name, symbol, decimals, version and the issuer's identity.
        bytes32 information;
        address implementation;
        address scheduled;
        uint64 notBefore;
        address previous;
        uint64 rollbackUntil;
    }

    mapping(address instrument => Token) private _tokens;
    mapping(address instrument => mapping(address account => uint256)) public balanceOf;
    mapping(address instrument => mapping(address identity => uint256)) public heldBy;
    mapping(address instrument => mapping(address account => uint256)) public frozen;
    mapping(address instrument => mapping(address account => uint64)) public frozenUntil;
    mapping(address instrument => mapping(address account => address)) public replacementOf;

    function token(address instrument) external view returns (Token memory) {
        return _tokens[instrument];
    }

    function replayInstrument(Vm.Log calldata log) internal {
        (bytes32 event_, address i) = (log.topics[0], log.emitter);
        Token storage t = _tokens[i];
        if (event_ == IERC20.Transfer.selector) {
            move(i, log.account(1), log.account(2), abi.decode(log.data, (uint256)));
        } else if (event_ == IERC7943Fungible.Frozen.selector) {
            frozen[i][log.account(1)] = abi.decode(log.data, (uint256));
        } else if (event_ == IInstrument.FrozenUntil.selector) {
            frozenUntil[i][log.account(1)] = abi.decode(log.data, (uint64));
        } else if (event_ == IERC3643.RecoverySuccess.selector) {
            (address lost, address replacement,) = abi.decode(log.data, (address, address, address));
            replacementOf[i][lost] = replacement;
        } else if (event_ == IInstrument.PausedUntil.selector) {
            t.pausedUntil = abi.decode(log.data, (uint64));
        } else if (event_ == IERC3643.ComplianceAdded.selector) {
            t.compliance = log.account(1);
        } else if (event_ == IERC3643.IdentityRegistryAdded.selector) {
            t.registry = log.account(1);
        } else if (event_ == IERC3643.UpdatedTokenInformation.selector) {
            t.information = keccak256(log.data);
        }
    }

    function replayUpgrades(Vm.Log calldata log) internal {
        bytes32 event_ = log.topics[0];
        Token storage t = _tokens[log.emitter];
        if (event_ == IERC1967.Upgraded.selector) {
            t.implementation = log.account(1);
        } else if (event_ == IUpgradeable.UpgradeScheduled.selector) {
            t.scheduled = log.account(1);
            (, t.notBefore) = abi.decode(log.data, (uint64, uint64));
        } else if (event_ == IUpgradeable.UpgradeCancelled.selector) {
            (t.scheduled, t.notBefore) = (address(0), 0);
        } else if (event_ == IUpgradeable.UpgradeActivated.selector) {
            (t.scheduled, t.notBefore, t.previous) = (address(0), 0, log.account(1));
            (, t.rollbackUntil) = abi.decode(log.data, (uint64, uint64));
        } else if (event_ == IUpgradeable.UpgradeRolledBack.selector) {
            (t.previous, t.rollbackUntil) = (address(0), 0);
        }
    }

    function move(address i, address from, address to, uint256 amount) private {
        if (from == address(0)) {
            _tokens[i].supply += amount;
        } else {
            balanceOf[i][from] -= amount;
            heldBy[i][identityOf[from]] -= amount;
        }
        if (to == address(0)) {
            _tokens[i].supply -= amount;
        } else {
            balanceOf[i][to] += amount;
            heldBy[i][identityOf[to]] += amount;
        }
    }
}
