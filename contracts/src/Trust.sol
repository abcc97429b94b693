// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Claims} from "./Claims.sol";
import {IClaimIssuer} from "./interfaces/IClaimIssuer.sol";
import {IClaimTopicsRegistry} from "./interfaces/IClaimTopicsRegistry.sol";
import {ITrust} from "./interfaces/ITrust.sol";
import {ITrustedIssuersRegistry} from "./interfaces/ITrustedIssuersRegistry.sol";

/// @title Trust
/// @notice Which claims an identity needs, whose count, and whether it has them.
///
/// Promises:
/// - Topics and issuers change by order alone.
/// - At most MAX_TOPICS topics, and MAX_ISSUERS issuers in all.
/// - While no topic is required, every identity has its claims, at the cost of one slot read.
/// - A claim counts only while its issuer is trusted for its topic and calls it valid: a revocation, or the loss of
///   trust, is effective with the next question. Nothing is remembered between questions.
/// - An identity without code has no claims.
/// - Bounded cost: after BUDGET no further question is asked, and the identity has not shown its claims.
///
/// Not guaranteed:
/// - An event when a claim is revoked: that is at the issuer.
/// - That a valid claim is found behind more hostile or slow issuers than the budget pays for. It fails closed.
abstract contract Trust is ITrust {
    uint256 public constant MAX_TOPICS = 15;
    uint256 public constant MAX_ISSUERS = 50;

    /// @dev Of gas, for one identity; both sides of a transfer stay within half a block of thirty million.
    uint256 public constant BUDGET = 5_000_000;

    uint256[] private _topics;
    IClaimIssuer[] private _issuers;
    /// @dev Two views of one relation, for either way of asking.
    mapping(uint256 topic => IClaimIssuer[]) private _issuersFor;
    mapping(address issuer => uint256[]) private _topicsOf;

    modifier onlyOrders() {
        _onlyOrders();
        _;
    }

    /* ORDERS */

    /// @inheritdoc ITrust
    function setTrustedIssuer(address issuer, uint256 topic, bool trusted, bytes32 orderId) external onlyOrders {
        require(topic != 0, ZeroTopic());

        if (trusted) _trust(issuer, topic);
        else _distrust(issuer, topic);
        emit TrustedIssuerSet(issuer, topic, trusted, orderId);
    }

    /// @inheritdoc ITrust
    function setClaimTopic(uint256 topic, bool required, bytes32 orderId) external onlyOrders {
        require(topic != 0, ZeroTopic());

        (bool found, uint256 place) = _find(_topics, topic);
        if (required) {
            require(!found, TopicTaken(topic));
            require(_topics.length < MAX_TOPICS, TooManyTopics(MAX_TOPICS));
            require(_issuersFor[topic].length != 0, TopicWithoutIssuer(topic));
            _topics.push(topic);
            emit ClaimTopicAdded(topic);
        } else {
            require(found, UnknownTopic(topic));
            _drop(_topics, place);
            emit ClaimTopicRemoved(topic);
        }
        emit ClaimTopicSet(topic, required, orderId);
    }

    /* REFUSED: WHAT ERC-3643 WOULD LET AN OWNER DO WITHOUT AN ORDER */

    /// @inheritdoc IClaimTopicsRegistry
    function addClaimTopic(uint256 claimTopic) external pure {
        revert OnlyByOrder(msg.sig, bytes32(claimTopic));
    }

    /// @inheritdoc IClaimTopicsRegistry
    function removeClaimTopic(uint256 claimTopic) external pure {
        revert OnlyByOrder(msg.sig, bytes32(claimTopic));
    }

    /// @inheritdoc ITrustedIssuersRegistry
    function addTrustedIssuer(IClaimIssuer trustedIssuer, uint256[] calldata) external pure {
        revert OnlyByOrder(msg.sig, _toWord(address(trustedIssuer)));
    }

    /// @inheritdoc ITrustedIssuersRegistry
    function removeTrustedIssuer(IClaimIssuer trustedIssuer) external pure {
        revert OnlyByOrder(msg.sig, _toWord(address(trustedIssuer)));
    }

    /// @inheritdoc ITrustedIssuersRegistry
    function updateIssuerClaimTopics(IClaimIssuer trustedIssuer, uint256[] calldata) external pure {
        revert OnlyByOrder(msg.sig, _toWord(address(trustedIssuer)));
    }

    /* VIEWS */

    /// @inheritdoc IClaimTopicsRegistry
    function getClaimTopics() external view returns (uint256[] memory) {
        return _topics;
    }

    /// @inheritdoc ITrustedIssuersRegistry
    function getTrustedIssuers() external view returns (IClaimIssuer[] memory) {
        return _issuers;
    }

    /// @inheritdoc ITrustedIssuersRegistry
    function getTrustedIssuersForClaimTopic(uint256 claimTopic) external view returns (IClaimIssuer[] memory) {
        return _issuersFor[claimTopic];
    }

    /// @inheritdoc ITrustedIssuersRegistry
    function isTrustedIssuer(address issuer) external view returns (bool) {
        return _topicsOf[issuer].length != 0;
    }

    /// @inheritdoc ITrustedIssuersRegistry
    function getTrustedIssuerClaimTopics(IClaimIssuer trustedIssuer) external view returns (uint256[] memory) {
        return _topicsOf[address(trustedIssuer)];
    }

    /// @inheritdoc ITrustedIssuersRegistry
    function hasClaimTopic(address issuer, uint256 claimTopic) external view returns (bool found) {
        (found,) = _find(_topicsOf[issuer], claimTopic);
    }

    /* INTERNAL */

    function _onlyOrders() internal view virtual;

    /// @return Whether the identity has, now, a valid claim of a trusted issuer for each required topic.
    function _hasClaims(address identity_) internal view returns (bool) {
        uint256 count = _topics.length;
        if (count == 0) return true;
        if (identity_.code.length == 0) return false;

        uint256 gasBefore = gasleft();
        for (uint256 i; i < count; ++i) {
            if (!_hasClaim(identity_, _topics[i], gasBefore)) return false;
        }
        return true;
    }

    function _hasClaim(address identity_, uint256 topic, uint256 gasBefore) private view returns (bool) {
        IClaimIssuer[] storage issuers = _issuersFor[topic];
        uint256 count = issuers.length;
        for (uint256 i; i < count; ++i) {
            if (gasBefore - gasleft() > BUDGET) return false;
            if (Claims.holds(identity_, address(issuers[i]), topic)) return true;
        }
        return false;
    }

    function _trust(address issuer, uint256 topic) private {
        require(issuer.code.length != 0, NotContract(issuer));
        uint256[] storage topics = _topicsOf[issuer];
        (bool found,) = _find(topics, topic);
        require(!found, IssuerTaken(issuer, topic));
        require(topics.length < MAX_TOPICS, TooManyTopics(MAX_TOPICS));

        bool isNew = topics.length == 0;
        if (isNew) {
            require(_issuers.length < MAX_ISSUERS, TooManyIssuers(MAX_ISSUERS));
            _issuers.push(IClaimIssuer(issuer));
        }
        topics.push(topic);
        _issuersFor[topic].push(IClaimIssuer(issuer));
        if (isNew) emit TrustedIssuerAdded(IClaimIssuer(issuer), topics);
        else emit ClaimTopicsUpdated(IClaimIssuer(issuer), topics);
    }

    function _distrust(address issuer, uint256 topic) private {
        uint256[] storage topics = _topicsOf[issuer];
        (bool found, uint256 place) = _find(topics, topic);
        require(found, UnknownIssuer(issuer, topic));

        _drop(topics, place);
        _drop(_issuersFor[topic], issuer);
        if (topics.length == 0) {
            _drop(_issuers, issuer);
            emit TrustedIssuerRemoved(IClaimIssuer(issuer));
        } else {
            emit ClaimTopicsUpdated(IClaimIssuer(issuer), topics);
        }
    }

    /// @dev By looking, not by an index kept beside: none can go stale. Lists are short.
    function _find(uint256[] storage list, uint256 value) private view returns (bool found, uint256 place) {
        uint256 length = list.length;
        for (; place < length; ++place) {
            if (list[place] == value) return (true, place);
        }
    }

    function _drop(uint256[] storage list, uint256 place) private {
        list[place] = list[list.length - 1];
        list.pop();
    }

    /// @dev The issuer must be in the list.
    function _drop(IClaimIssuer[] storage list, address issuer) private {
        uint256 place;
        while (address(list[place]) != issuer) ++place;
        list[place] = list[list.length - 1];
        list.pop();
    }

    function _toWord(address account) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }
}
