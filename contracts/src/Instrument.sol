// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20Upgradeable, IERC20} from "@openzeppelin/contracts-upgradeable/token/ERC20/ERC20Upgradeable.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Batches} from "./instrument/Batches.sol";
import {InstrumentBase} from "./instrument/InstrumentBase.sol";
import {Messages} from "./instrument/Messages.sol";
import {Refusals} from "./instrument/Refusals.sol";
import {Upgrades} from "./instrument/Upgrades.sol";
import {IAgentRole} from "./interfaces/IAgentRole.sol";
import {IERC1404} from "./interfaces/IERC1404.sol";
import {IERC173} from "./interfaces/IERC173.sol";
import {IERC3643} from "./interfaces/IERC3643.sol";
import {IERC7943Fungible} from "./interfaces/IERC7943.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {Cause} from "./interfaces/IModule.sol";
import {IRoles} from "./interfaces/IRoles.sol";

/// @title Instrument
/// @notice A regulated token. Who may hold it is the registry's word, how much may move is the compliance's, and what an
/// authority may do to it is the word of Orders. Its parts, from what may not move to what replaces the code:
/// Holds, Movements, Controls, Batches, Refusals, Upgrades.
///
/// Roles:
/// - A holder transfers. An issuer mints and burns. Orders controls. An administrator activates an upgrade.
///
/// Promises:
/// - Every path (transfer, transferFrom with or without permit, mint, burn, each batch) asks the same verdict.
/// - A frozen account neither sends, receives, is minted to nor burned from. Only a forced transfer or a recovery moves
///   what is frozen, out of who is not eligible, or while the instrument is paused.
/// - Balances sum to the supply; a transfer of zero succeeds where one of a unit may, and so does one to oneself.
/// - Registry and roles never change. The compliance and the code change by an order of two persons.
/// - State is rebuildable from events.
///
/// Not guaranteed:
/// - Redemption of a lapsed or frozen holder: a burn from it is refused. Units leave it by a forced transfer.
/// - That an approval is refused: an allowance may stand to and from anyone, its use is checked.
contract Instrument is Batches, Refusals, Upgrades {
    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IRoles roles, IIdentityRegistry registry) InstrumentBase(roles, registry) {}

    /// @notice Once, by the proxy's own constructor.
    /// @param compliance_ Is bound to this address afterwards; until then nothing moves.
    /// @param onchainID_ The issuer's own identity contract; zero if it has none.
    function initialize(
        string calldata name_,
        string calldata symbol_,
        uint8 decimals_,
        address compliance_,
        address onchainID_
    ) external initializer {
        __ERC20_init(name_, symbol_);
        __ERC20Permit_init(name_);
        InstrumentStorage storage $ = _instrument();
        ($.compliance, $.decimals, $.onchainID) = (compliance_, decimals_, onchainID_);
        emit IdentityRegistryAdded(address(_REGISTRY));
        emit ComplianceAdded(compliance_);
        emit UpdatedTokenInformation(name_, symbol_, decimals_, version(), onchainID_);
    }

    /* ISSUER */

    function mint(address to, uint256 amount) external onlyIssuer {
        _move(Cause.Mint, address(0), to, amount);
    }

    function burn(address from, uint256 amount) external onlyIssuer {
        _move(Cause.Burn, from, address(0), amount);
    }

    /* HOLDER */

    /// @inheritdoc IERC20
    function transfer(address to, uint256 amount) public override(IERC20, ERC20Upgradeable) returns (bool) {
        _move(Cause.Transfer, msg.sender, to, amount);
        return true;
    }

    /// @inheritdoc IERC20
    function transferFrom(address from, address to, uint256 amount)
        public
        override(IERC20, ERC20Upgradeable)
        returns (bool)
    {
        _spendAllowance(from, msg.sender, amount);
        _move(Cause.Transfer, from, to, amount);
        return true;
    }

    /* VIEWS */

    function messageForTransferRestriction(uint8 code) external pure returns (string memory) {
        return Messages.say(code);
    }

    function identityRegistry() external view returns (address) {
        return address(_REGISTRY);
    }

    function compliance() external view returns (address) {
        return _instrument().compliance;
    }

    function onchainID() external view returns (address) {
        return _instrument().onchainID;
    }

    function decimals() public view override returns (uint8) {
        return _instrument().decimals;
    }

    /// @notice Of the code, for people; `build` has the number that only grows.
    function version() public pure virtual returns (string memory) {
        return "1.0.0";
    }

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == type(IERC165).interfaceId || id == type(IERC20).interfaceId
            || id == type(IERC20Metadata).interfaceId || id == type(IERC20Permit).interfaceId
            || id == type(IERC3643).interfaceId || id == type(IERC7943Fungible).interfaceId
            || id == type(IERC1404).interfaceId || id == type(IERC173).interfaceId || id == type(IAgentRole).interfaceId;
    }

    function _release() internal pure virtual override returns (uint64) {
        return 1;
    }
}
