// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Codes} from "../interfaces/IVerdict.sol";

/// @title Messages
/// @notice The words of ERC-1404 for every code. Deterministic, in the order of the checks.
library Messages {
    function say(uint8 code) internal pure returns (string memory) {
        if (code < Codes.NO_RATE) return _ofInstrument(code);
        if (code == Codes.NO_RATE) return "Instrument has no rate";
        if (code == Codes.TRANSFER_LIMIT) return "Limit per transfer";
        if (code == Codes.DAY_LIMIT) return "Limit per 24 hours";
        if (code == Codes.MONTH_LIMIT) return "Limit per 30 days";
        if (code == Codes.FIRM_TRANSFER_LIMIT) return "Firm's limit per transfer";
        if (code == Codes.FIRM_DAY_LIMIT) return "Firm's limit per 24 hours";
        if (code == Codes.FIRM_MONTH_LIMIT) return "Firm's limit per 30 days";
        if (code == Codes.BALANCE_LIMIT) return "Recipient's limit of holdings";
        if (code == Codes.COUNTRY) return "Country is not allowed";
        if (code == Codes.SUPPLY_CAP) return "Cap of the supply";
        if (code == Codes.HOLDER_CAP) return "Cap of the number of holders";
        if (code == Codes.NOT_PREAPPROVED) return "Transfer is not approved beforehand";
        return "Unknown code";
    }

    function _ofInstrument(uint8 code) private pure returns (string memory) {
        if (code == Codes.ALLOWED) return "Allowed";
        if (code == Codes.BALANCE) return "Sender holds less than the amount";
        if (code == Codes.PAUSED) return "Instrument is paused";
        if (code == Codes.SENDER_FROZEN) return "Sender is frozen";
        if (code == Codes.RECIPIENT_FROZEN) return "Recipient is frozen";
        if (code == Codes.FREE_BALANCE) return "Part of the sender's balance is frozen";
        if (code == Codes.SENDER_UNKNOWN) return "Sender is not registered";
        if (code == Codes.SENDER_NOT_VERIFIED) return "Sender is not verified";
        if (code == Codes.SENDER_EXPIRED) return "Sender's verification has expired";
        if (code == Codes.RECIPIENT_UNKNOWN) return "Recipient is not registered";
        if (code == Codes.RECIPIENT_NOT_VERIFIED) return "Recipient is not verified";
        if (code == Codes.RECIPIENT_EXPIRED) return "Recipient's verification has expired";
        if (code == Codes.SENDER_FLAGGED) return "Sender has a screening hit";
        if (code == Codes.SENDER_CLAIM) return "Sender lacks a required claim";
        if (code == Codes.RECIPIENT_FLAGGED) return "Recipient has a screening hit";
        if (code == Codes.RECIPIENT_CLAIM) return "Recipient lacks a required claim";
        return "Unknown code";
    }
}
