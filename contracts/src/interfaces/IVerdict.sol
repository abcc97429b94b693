// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice Why a transfer is allowed or refused. The same value explains in a view and reverts in a transfer.
/// @param code One of `Codes`; 0 means allowed.
/// @param module The contract that decided; the instrument itself for its own checks.
/// @param headroom The largest amount, in units of the instrument, that this check would have let pass.
/// @param subject Whose rule it was: an identity or account (address in the low 20 bytes), a tier, a firm or a country number.
struct Verdict {
    uint8 code;
    address module;
    uint256 headroom;
    bytes32 subject;
}

library Codes {
    uint8 internal constant ALLOWED = 0;
    uint8 internal constant BALANCE = 1;
    uint8 internal constant PAUSED = 2;
    uint8 internal constant SENDER_FROZEN = 3;
    uint8 internal constant RECIPIENT_FROZEN = 4;
    uint8 internal constant FREE_BALANCE = 5;
    uint8 internal constant SENDER_UNKNOWN = 10;
    uint8 internal constant SENDER_NOT_VERIFIED = 11;
    uint8 internal constant SENDER_EXPIRED = 12;
    uint8 internal constant RECIPIENT_UNKNOWN = 13;
    uint8 internal constant RECIPIENT_NOT_VERIFIED = 14;
    uint8 internal constant RECIPIENT_EXPIRED = 15;
    uint8 internal constant SENDER_FLAGGED = 16;
    uint8 internal constant SENDER_CLAIM = 17;
    uint8 internal constant RECIPIENT_FLAGGED = 18;
    uint8 internal constant RECIPIENT_CLAIM = 19;
    uint8 internal constant NO_RATE = 20;
    uint8 internal constant TRANSFER_LIMIT = 21;
    uint8 internal constant DAY_LIMIT = 22;
    uint8 internal constant MONTH_LIMIT = 23;
    uint8 internal constant FIRM_TRANSFER_LIMIT = 24;
    uint8 internal constant FIRM_DAY_LIMIT = 25;
    uint8 internal constant FIRM_MONTH_LIMIT = 26;
    uint8 internal constant BALANCE_LIMIT = 27;
    uint8 internal constant COUNTRY = 30;
    uint8 internal constant SUPPLY_CAP = 31;
    uint8 internal constant HOLDER_CAP = 32;
    uint8 internal constant NOT_PREAPPROVED = 33;
}
