// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice One side of a movement: who stands behind an account and what rules ask of them, as the registry judges it in
/// this very block. One word, because it goes from the registry through the instrument and its compliance to every rule.
type Side is uint256;

/// @notice Whether an identity may send and receive now; if not, the first reason. Zero is nobody.
enum Fitness {
    Unknown,
    Eligible,
    NotVerified,
    Expired,
    Flagged,
    Unclaimed
}

using Sides for Side global;

/// @title Sides
/// @notice From the lowest bit: identity 160, firm 32, country 16, tier 8, fitness 8 bits.
///
/// Promises:
/// - Each part of what `pack` made is what it was given.
/// - The word zero is nobody: no identity, firm, country or tier, and Unknown.
library Sides {
    function pack(address who, uint32 firm_, uint16 country_, uint8 tier_, Fitness fitness_)
        internal
        pure
        returns (Side)
    {
        return Side.wrap(
            uint256(fitness_) << 216 | uint256(tier_) << 208 | uint256(country_) << 192 | uint256(firm_) << 160
                | uint160(who)
        );
    }

    function identity(Side side) internal pure returns (address) {
        return address(uint160(Side.unwrap(side)));
    }

    function firm(Side side) internal pure returns (uint32) {
        return uint32(Side.unwrap(side) >> 160);
    }

    /// @return ISO 3166-1 numeric.
    function country(Side side) internal pure returns (uint16) {
        return uint16(Side.unwrap(side) >> 192);
    }

    function tier(Side side) internal pure returns (uint8) {
        return uint8(Side.unwrap(side) >> 208);
    }

    function fitness(Side side) internal pure returns (Fitness) {
        return Fitness(uint8(Side.unwrap(side) >> 216));
    }
}
