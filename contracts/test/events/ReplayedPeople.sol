// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IAnchor} from "../../src/interfaces/IAnchor.sol";
import {IIdentityRegistry} from "../../src/interfaces/IIdentityRegistry.sol";
import {IOrders} from "../../src/interfaces/IOrders.sol";
import {IRoles} from "../../src/interfaces/IRoles.sol";
import {ITrust} from "../../src/interfaces/ITrust.sol";
import {Vm} from "../Test.sol";
import {Replay} from "./Replay.sol";

/// @dev Who stands where, who may what, what was ordered and what was witnessed: from events and their block's time alone.
abstract contract ReplayedPeople {
    using Replay for Vm.Log;

    struct Standing {
        uint32 firm;
        uint16 country;
        uint8 status;
        uint8 tier;
        uint64 expiry;
        bool flagged;
    }

    mapping(uint256 firm => bool) public firms;
    mapping(address account => address) public identityOf;
    mapping(address identity => Standing) public standings;
    mapping(address issuer => mapping(uint256 topic => bool)) public trusted;
    mapping(uint256 topic => bool) public required;

    address public orders;
    mapping(address account => uint256) public rolesOf;
    mapping(address account => bytes32) public personOf;
    mapping(address deputy => IRoles.Delegation) public delegations;
    mapping(address principal => address) public delegateOf;

    mapping(bytes32 id => IOrders.State) public stateOf;
    mapping(uint256 kind => uint8) public signatures;

    uint256 public journalSize;
    bytes32 public journalRoot;
    mapping(bytes32 sha256Hash => uint64) public reportTime;

    function replayRegistry(Vm.Log calldata log) internal {
        bytes32 event_ = log.topics[0];
        if (event_ == IIdentityRegistry.FirmRegistered.selector) {
            firms[log.number(1)] = true;
        } else if (event_ == IIdentityRegistry.IdentityCreated.selector) {
            uint16 country = abi.decode(log.data, (uint16));
            standings[log.account(1)] = Standing(uint32(log.number(2)), country, 1, 0, 0, false);
        } else if (event_ == IIdentityRegistry.AccountLinked.selector) {
            identityOf[log.account(1)] = log.account(2);
        } else if (event_ == IIdentityRegistry.KycDecided.selector) {
            Standing storage s = standings[log.account(1)];
            (s.status, s.tier, s.expiry,) = abi.decode(log.data, (uint8, uint8, uint64, bytes32));
        } else if (event_ == IIdentityRegistry.FlagSet.selector) {
            standings[log.account(1)].flagged = abi.decode(log.data, (bool));
        } else if (event_ == IIdentityRegistry.CountryChanged.selector) {
            (, standings[log.account(1)].country) = abi.decode(log.data, (uint16, uint16));
        } else if (event_ == ITrust.TrustedIssuerSet.selector) {
            trusted[log.account(1)][log.number(2)] = abi.decode(log.data, (bool));
        } else if (event_ == ITrust.ClaimTopicSet.selector) {
            required[log.number(1)] = abi.decode(log.data, (bool));
        }
    }

    function replayRoles(Vm.Log calldata log) internal {
        bytes32 event_ = log.topics[0];
        if (event_ == IRoles.OrdersNamed.selector) {
            orders = log.account(1);
        } else if (event_ == IRoles.RolesSet.selector) {
            (, uint256 roles,) = abi.decode(log.data, (uint256, uint256, bytes32));
            rolesOf[log.account(1)] = roles;
            // The event of a removal says whom the wallet stood for; afterwards it stands for nobody.
            personOf[log.account(1)] = roles == 0 ? bytes32(0) : log.topics[2];
        } else if (event_ == IRoles.DelegationSet.selector) {
            (,, uint64 startsAt, uint64 until) = abi.decode(log.data, (bytes32, bytes32, uint64, uint64));
            delegations[log.account(2)] = IRoles.Delegation(log.account(1), startsAt, until);
            delegateOf[log.account(1)] = log.account(2);
        } else if (event_ == IRoles.DelegationEnded.selector) {
            delete delegations[log.account(2)];
            delete delegateOf[log.account(1)];
        }
    }

    function replayOrders(Vm.Log calldata log) internal {
        bytes32 event_ = log.topics[0];
        if (event_ == IOrders.OrderExecuted.selector) {
            stateOf[log.topics[1]] = IOrders.State.Executed;
        } else if (event_ == IOrders.OrderCancelled.selector) {
            stateOf[log.topics[1]] = IOrders.State.Cancelled;
        } else if (event_ == IOrders.OrderRejected.selector) {
            stateOf[log.topics[1]] = IOrders.State.Rejected;
        } else if (event_ == IOrders.SignaturesSet.selector) {
            (signatures[log.number(1)],) = abi.decode(log.data, (uint8, bytes32));
        }
    }

    function replayAnchor(Vm.Log calldata log, uint64 time) internal {
        if (log.topics[0] == IAnchor.JournalAnchored.selector) {
            (journalSize, journalRoot) = (log.number(1), log.topics[2]);
        } else if (log.topics[0] == IAnchor.ReportAnchored.selector) {
            reportTime[log.topics[1]] = time;
        }
    }
}
