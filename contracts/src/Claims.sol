// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IClaimIssuer} from "./interfaces/IClaimIssuer.sol";
import {IIdentity} from "./interfaces/IIdentity.sol";
import {ITrust} from "./interfaces/ITrust.sol";

/// @title Claims
/// @notice Asks an identity for a claim and its issuer whether it still stands. Trusts neither to answer well.
///
/// Promises:
/// - True only if the identity names exactly this issuer and topic, and the issuer says "valid" now.
/// - Whatever they do (revert, use up their gas, return nothing, garbage or megabytes) is a claim that does not hold:
///   no answer reverts or panics here.
/// - Each question gets CALL_GAS and changes nothing. With less left it reverts: how much gas a caller brings never
///   changes the answer.
///
/// Assumptions:
/// - An honest identity and issuer answer within CALL_GAS and MOST_BYTES.
///
/// Not guaranteed:
/// - That the signature is good: the issuer judges it. Whoever trusts an issuer trusts its word.
library Claims {
    uint256 internal constant CALL_GAS = 100_000;
    /// @dev A 64th stays with the caller; 5,000 for a cold contract and what is done around the call.
    uint256 internal constant NEEDED_GAS = CALL_GAS + CALL_GAS / 63 + 5000;
    uint256 internal constant MOST_BYTES = 8192;

    /// @dev Of getClaim's answer: topic, scheme, issuer and the places of signature, data and uri.
    uint256 private constant _HEAD = 6 * 32;

    function holds(address identity, address issuer, uint256 topic) internal view returns (bool valid) {
        uint256 memoryBefore;
        assembly ("memory-safe") {
            memoryBefore := mload(0x40)
        }
        valid = _holds(identity, issuer, topic);
        // Nothing of the answers is used any more: many claims do not add up to much memory.
        assembly ("memory-safe") {
            mstore(0x40, memoryBefore)
        }
    }

    function _holds(address identity, address issuer, uint256 topic) private view returns (bool) {
        bytes32 claimId = keccak256(abi.encode(issuer, topic));
        bytes memory claim = _ask(identity, abi.encodeCall(IIdentity.getClaim, (claimId)));
        if (claim.length < _HEAD) return false;
        // Words, not types: abi.decode would revert on a dirty address.
        if (_word(claim, 0) != topic || _word(claim, 2) != uint256(uint160(issuer))) return false;
        (bool hasSignature, bytes memory signature) = _member(claim, 3);
        (bool hasData, bytes memory data) = _member(claim, 4);
        if (!hasSignature || !hasData) return false;

        bytes memory answer =
            _ask(issuer, abi.encodeCall(IClaimIssuer.isClaimValid, (IIdentity(identity), topic, signature, data)));
        return answer.length >= 32 && _word(answer, 0) == 1;
    }

    /// @return answer Empty if the question failed, or was answered at too great length.
    function _ask(address target, bytes memory question) private view returns (bytes memory answer) {
        require(gasleft() >= NEEDED_GAS, ITrust.TooLittleGas(gasleft(), NEEDED_GAS));
        assembly ("memory-safe") {
            let done := staticcall(CALL_GAS, target, add(question, 32), mload(question), 0, 0)
            let size := mul(done, returndatasize())
            if gt(size, MOST_BYTES) { size := 0 }
            answer := mload(0x40)
            mstore(answer, size)
            returndatacopy(add(answer, 32), 0, size)
            mstore(0x40, and(add(add(answer, 63), size), not(31)))
        }
    }

    /// @dev The word must be inside: callers compared the length.
    function _word(bytes memory answer, uint256 place) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(answer, 32), mul(place, 32)))
        }
    }

    /// @return inside False if the member would reach beyond the answer.
    /// @return member The answer's own memory: a length and the bytes behind it, as Solidity lays them out.
    function _member(bytes memory answer, uint256 place) private pure returns (bool inside, bytes memory member) {
        uint256 length = answer.length;
        uint256 offset = _word(answer, place);
        if (offset > length - 32) return (false, "");
        assembly ("memory-safe") {
            member := add(add(answer, 32), offset)
        }
        inside = member.length <= length - 32 - offset;
    }
}
