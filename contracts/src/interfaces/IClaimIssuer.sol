// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IIdentity} from "./IIdentity.sol";

/// @notice Who makes claims of others, and alone knows which of them still stand.
interface IClaimIssuer {
    /// @param signature Over the personal-sign digest of keccak256(abi.encode(identity, topic, data)).
    /// @return True if a key of the issuer's gave the signature and nobody revoked the claim since.
    function isClaimValid(IIdentity identity, uint256 topic, bytes calldata signature, bytes calldata data)
        external
        view
        returns (bool);
}
