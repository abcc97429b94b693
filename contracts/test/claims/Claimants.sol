// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IClaimIssuer} from "../../src/interfaces/IClaimIssuer.sol";
import {IIdentity} from "../../src/interfaces/IIdentity.sol";

/// @dev An ERC-735 holder of claims. Anybody may add: that a claim stands is never the holder's word.
contract ClaimHolder is IIdentity {
    struct Claim {
        uint256 topic;
        uint256 scheme;
        address issuer;
        bytes signature;
        bytes data;
        string uri;
    }

    mapping(bytes32 claimId => Claim) private _claims;
    mapping(uint256 topic => bytes32[]) private _idsOf;

    function addClaim(
        uint256 topic,
        uint256 scheme,
        address issuer,
        bytes calldata signature,
        bytes calldata data,
        string calldata uri
    ) external returns (bytes32 claimId) {
        claimId = keccak256(abi.encode(issuer, topic));
        bool isNew = _claims[claimId].issuer == address(0);
        _claims[claimId] = Claim(topic, scheme, issuer, signature, data, uri);
        if (isNew) {
            _idsOf[topic].push(claimId);
            emit ClaimAdded(claimId, topic, scheme, issuer, signature, data, uri);
        } else {
            emit ClaimChanged(claimId, topic, scheme, issuer, signature, data, uri);
        }
    }

    function removeClaim(bytes32 claimId) external returns (bool) {
        Claim memory c = _claims[claimId];
        bytes32[] storage ids = _idsOf[c.topic];
        for (uint256 i; i < ids.length; ++i) {
            if (ids[i] != claimId) continue;
            ids[i] = ids[ids.length - 1];
            ids.pop();
        }
        delete _claims[claimId];
        emit ClaimRemoved(claimId, c.topic, c.scheme, c.issuer, c.signature, c.data, c.uri);
        return true;
    }

    function getClaim(bytes32 claimId)
        external
        view
        returns (uint256, uint256, address, bytes memory, bytes memory, string memory)
    {
        Claim storage c = _claims[claimId];
        return (c.topic, c.scheme, c.issuer, c.signature, c.data, c.uri);
    }

    function getClaimIdsByTopic(uint256 topic) external view returns (bytes32[] memory) {
        return _idsOf[topic];
    }
}

/// @dev One key signs; whoever deployed it revokes.
contract ClaimIssuer is IClaimIssuer {
    address private immutable _DEPLOYER = msg.sender;
    address private immutable _KEY;
    mapping(bytes32 signatureHash => bool) private _revoked;

    event ClaimRevoked(bytes indexed signature);

    error NotDeployer(address caller);

    constructor(address key) {
        _KEY = key;
    }

    function revokeClaimBySignature(bytes calldata signature) external {
        require(msg.sender == _DEPLOYER, NotDeployer(msg.sender));
        _revoked[keccak256(signature)] = true;
        emit ClaimRevoked(signature);
    }

    function isClaimValid(IIdentity identity, uint256 topic, bytes calldata signature, bytes calldata data)
        external
        view
        returns (bool)
    {
        bytes32 digest = MessageHashUtils.toEthSignedMessageHash(keccak256(abi.encode(identity, topic, data)));
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecover(digest, signature);
        return failure == ECDSA.RecoverError.NoError && signer == _KEY && !_revoked[keccak256(signature)];
    }
}

/// @dev Answers every call by one of the ways to do harm.
contract Hostile {
    enum Way {
        Revert,
        BurnGas,
        Panic,
        Nothing,
        Short,
        Two, // a bool that is neither
        Garbage,
        Megabytes,
        OffsetBeyond,
        LengthBeyond,
        OffsetHuge,
        DirtyIssuer
    }

    Way public immutable WAY;
    address private immutable _ISSUER;
    uint256 private immutable _TOPIC;

    error No();

    constructor(Way way, address issuer, uint256 topic) {
        (WAY, _ISSUER, _TOPIC) = (way, issuer, topic);
    }

    fallback() external {
        if (WAY == Way.Revert) revert No();
        if (WAY == Way.BurnGas) {
            for (uint256 i;; ++i) {}
        }
        if (WAY == Way.Panic) assert(false);
        if (WAY == Way.Nothing) _answer("");
        if (WAY == Way.Short) _answer(hex"01");
        if (WAY == Way.Two) _answer(abi.encode(2));
        if (WAY == Way.Megabytes) {
            assembly {
                return(0, 100000)
            }
        }
        uint256 far = type(uint256).max;
        if (WAY == Way.Garbage) _answer(abi.encode(far, far, far, far, far, far, far));
        uint256 issuer = uint256(uint160(_ISSUER));
        if (WAY == Way.OffsetBeyond) _answer(abi.encode(_TOPIC, 1, issuer, 224, 192, 192, 0));
        if (WAY == Way.LengthBeyond) _answer(abi.encode(_TOPIC, 1, issuer, 192, 192, 192, far));
        if (WAY == Way.OffsetHuge) _answer(abi.encode(_TOPIC, 1, issuer, far, far - 31, 192, 0));
        _answer(abi.encode(_TOPIC, 1, issuer | 1 << 160, 192, 192, 192, 0));
    }

    function _answer(bytes memory words) private pure {
        assembly {
            return(add(words, 32), mload(words))
        }
    }
}

/// @dev Answers every call with the same bytes.
contract Parrot {
    bytes private _answer;

    constructor(bytes memory answer) {
        _answer = answer;
    }

    fallback() external {
        bytes memory answer = _answer;
        assembly {
            return(add(answer, 32), mload(answer))
        }
    }
}

/// @dev Says of each claim what it was told to say.
contract Vouch is IClaimIssuer {
    mapping(address identity => mapping(uint256 topic => bool)) private _valid;

    function set(address identity, uint256 topic, bool valid) external {
        _valid[identity][topic] = valid;
    }

    function isClaimValid(IIdentity identity, uint256 topic, bytes calldata, bytes calldata)
        external
        view
        returns (bool)
    {
        return _valid[address(identity)][topic];
    }
}

/// @dev Answers as another would, after using sixty thousand gas.
contract Slow {
    address private immutable _OTHER;

    constructor(address other) {
        _OTHER = other;
    }

    fallback() external {
        uint256 before = gasleft();
        while (before - gasleft() < 60_000) {}
        (bool done, bytes memory answer) = _OTHER.staticcall(msg.data);
        assembly {
            if iszero(done) { revert(0, 0) }
            return(add(answer, 32), mload(answer))
        }
    }
}
