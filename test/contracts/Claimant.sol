// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice An identity that shows claims and an issuer that judges them, as the registry asks either. Anybody may write.
contract Claimant {
    struct Claim {
        uint256 topic;
        address issuer;
    }

    mapping(bytes32 claimId => Claim) private _claims;
    mapping(address identity => mapping(uint256 topic => bool)) private _valid;

    function show(address issuer, uint256 topic, bool shown) external {
        _claims[keccak256(abi.encode(issuer, topic))] = shown ? Claim(topic, issuer) : Claim(0, address(0));
    }

    function judge(address identity, uint256 topic, bool valid) external {
        _valid[identity][topic] = valid;
    }

    function getClaim(bytes32 claimId)
        external
        view
        returns (uint256, uint256, address, bytes memory, bytes memory, string memory)
    {
        Claim memory claim = _claims[claimId];
        return (claim.topic, 1, claim.issuer, "", "", "");
    }

    function isClaimValid(address identity, uint256 topic, bytes calldata, bytes calldata)
        external
        view
        returns (bool)
    {
        return _valid[identity][topic];
    }
}
