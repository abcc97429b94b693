// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICompliance} from "../../src/interfaces/ICompliance.sol";
import {ILimitPolicy} from "../../src/interfaces/ILimitPolicy.sol";
import {BoundModule} from "../../src/modules/BoundModule.sol";
import {CountryRules} from "../../src/modules/CountryRules.sol";
import {HolderCap} from "../../src/modules/HolderCap.sol";
import {Preapproval} from "../../src/modules/Preapproval.sol";
import {SupplyCap} from "../../src/modules/SupplyCap.sol";
import {Vm} from "../Test.sol";
import {Replay} from "./Replay.sol";
import {ReplayedInstruments} from "./ReplayedInstruments.sol";

/// @dev The suite's storage, rebuilt by somebody who saw its events and the times of their blocks, and never called it.
contract Replayed is ReplayedInstruments {
    using Replay for Vm.Log;

    /// @dev Each limit plus one; zero is not stated, and the largest number, which has no successor, is no limit.
    mapping(uint256 scope => mapping(uint256 subject => mapping(uint256 window => uint256))) public limitPlusOne;
    address[] public rated;
    mapping(address instrument => uint128[2]) private _rates;
    mapping(address identity => mapping(uint256 hour => uint256)) private _sentBy;
    mapping(uint256 firm => mapping(uint256 hour => uint256)) private _sentByFirm;

    mapping(address compliance => address) public tokenOf;
    mapping(address compliance => address[]) private _modules;
    mapping(address module => address) public instrumentOf;
    mapping(address module => mapping(uint256 country => bool)) public listed;
    mapping(address module => uint256) public capOf;
    mapping(address module => uint256) public holdersOf;
    mapping(address module => mapping(bytes32 key => uint64)) public approvedUntil;

    function replay(Vm.Log[] calldata logs, uint64 time) external {
        for (uint256 i; i < logs.length; ++i) {
            replayRegistry(logs[i]);
            replayRoles(logs[i]);
            replayOrders(logs[i]);
            replayAnchor(logs[i], time);
            replayInstrument(logs[i]);
            replayUpgrades(logs[i]);
            replayPolicy(logs[i], time);
            replayCompliance(logs[i]);
            replayModules(logs[i]);
        }
    }

    /* VIEWS */

    function rateOf(address instrument) external view returns (uint128, uint128) {
        return (_rates[instrument][0], _rates[instrument][1]);
    }

    function modulesOf(address compliance) external view returns (address[] memory) {
        return _modules[compliance];
    }

    /// @return sum Of the hours from `first` to `last`, both inclusive; of an identity, or if that is zero of a firm.
    function sent(address identity, uint256 firm, uint256 first, uint256 last) external view returns (uint256 sum) {
        for (uint256 hour = first; hour <= last; ++hour) {
            sum += identity == address(0) ? _sentByFirm[firm][hour] : _sentBy[identity][hour];
        }
    }

    /// @return sum Each holding at its rate, rounded up.
    function worthOf(address identity) external view returns (uint256 sum) {
        for (uint256 i; i < rated.length; ++i) {
            uint128[2] storage rate = _rates[rated[i]];
            sum += (heldBy[rated[i]][identity] * rate[0] + rate[1] - 1) / rate[1];
        }
    }

    /* INTERNAL */

    function replayPolicy(Vm.Log calldata log, uint64 time) internal {
        bytes32 event_ = log.topics[0];
        if (event_ == ILimitPolicy.LimitSet.selector) {
            (, uint256 limit,) = abi.decode(log.data, (uint256, uint256, bytes32));
            uint256 plusOne = limit == type(uint256).max ? limit : limit + 1;
            limitPlusOne[log.number(1)][log.number(2)][log.number(3)] = plusOne;
        } else if (event_ == ILimitPolicy.RateSet.selector) {
            (uint128 numerator, uint128 denominator,) = abi.decode(log.data, (uint128, uint128, bytes32));
            if (_rates[log.account(1)][0] == 0) rated.push(log.account(1));
            _rates[log.account(1)] = [numerator, denominator];
        } else if (event_ == ILimitPolicy.FlowCounted.selector) {
            uint256 value = abi.decode(log.data, (uint256));
            _sentBy[log.account(1)][time / 1 hours] += value;
            _sentByFirm[log.number(2)][time / 1 hours] += value;
        }
    }

    function replayCompliance(Vm.Log calldata log) internal {
        (bytes32 event_, address[] storage modules) = (log.topics[0], _modules[log.emitter]);
        if (event_ == ICompliance.TokenBound.selector) {
            tokenOf[log.emitter] = abi.decode(log.data, (address));
        } else if (event_ == ICompliance.ModuleAdded.selector) {
            modules.push(log.account(1));
        } else if (event_ == ICompliance.ModuleRemoved.selector) {
            // The last takes the place of the one that leaves.
            for (uint256 i; i < modules.length; ++i) {
                if (modules[i] == log.account(1)) modules[i] = modules[modules.length - 1];
            }
            modules.pop();
        }
    }

    function replayModules(Vm.Log calldata log) internal {
        (bytes32 event_, address module) = (log.topics[0], log.emitter);
        if (event_ == CountryRules.CountryListed.selector) {
            (listed[module][log.number(1)],) = abi.decode(log.data, (bool, bytes32));
        } else if (event_ == SupplyCap.CapSet.selector) {
            (, capOf[module],) = abi.decode(log.data, (uint256, uint256, bytes32));
        } else if (event_ == HolderCap.HolderJoined.selector || event_ == HolderCap.HolderLeft.selector) {
            holdersOf[module] = abi.decode(log.data, (uint256));
        } else if (event_ == BoundModule.InstrumentBound.selector) {
            instrumentOf[module] = log.account(1);
        } else if (event_ == Preapproval.TransferApproved.selector) {
            (uint256 amount, uint64 expiresAt) = abi.decode(log.data, (uint256, uint64));
            approvedUntil[module][key(log, amount)] = expiresAt;
        } else if (event_ == Preapproval.ApprovalConsumed.selector) {
            delete approvedUntil[module][key(log, abi.decode(log.data, (uint256)))];
        }
    }

    function key(Vm.Log calldata log, uint256 amount) internal pure returns (bytes32) {
        return keccak256(abi.encode(log.account(1), log.account(2), amount));
    }
}
