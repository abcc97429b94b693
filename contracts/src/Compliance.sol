// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ICompliance} from "./interfaces/ICompliance.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";
import {IInstrument} from "./interfaces/IInstrument.sol";
import {Cause, IModule, Movement} from "./interfaces/IModule.sol";
import {IRoles} from "./interfaces/IRoles.sol";
import {Codes, Verdict} from "./interfaces/IVerdict.sol";
import {Role} from "./Roles.sol";

/// @title Compliance
/// @notice The rules of one token, as a short list of modules, with the surface of ERC-3643.
///
/// Roles:
/// - The deployer, or an administrator, binds the token. Once; from then on nobody has any power here.
///
/// Promises:
/// - It serves one token for its whole life: nobody stops that token by unbinding it, without an order and its two persons.
/// - Its modules are in its code and never change: nobody can weaken the rules of a live token. Other rules are another
///   compliance, which two persons choose.
/// - Until a token is bound nothing moves: `verdict` and `record` say PAUSED and the hooks revert.
/// - At most MAX_MODULES are asked, so the cost of a transfer is bounded.
/// - `canTransfer`, `verdict`, `record` and `recordBatch` agree.
///
/// Not guaranteed:
/// - That modules are honest. They are called in the middle of a transfer; review them as part of the token.
contract Compliance is ICompliance {
    using Address for address;

    uint256 public constant MAX_MODULES = 8;

    IRoles public immutable ROLES;
    address private immutable _DEPLOYER;

    /// @dev In the code, where a transfer reads them for nothing. The language has no immutable arrays.
    uint256 private immutable _COUNT;
    address private immutable _FIRST;
    address private immutable _SECOND;
    address private immutable _THIRD;
    address private immutable _FOURTH;
    address private immutable _FIFTH;
    address private immutable _SIXTH;
    address private immutable _SEVENTH;
    address private immutable _EIGHTH;

    /// @dev All that a transfer asks of the compliance itself.
    address private _token;

    modifier onlyToken() {
        _onlyToken();
        _;
    }

    constructor(IRoles roles, address[] memory modules) {
        ROLES = roles;
        _DEPLOYER = msg.sender;
        _COUNT = modules.length;
        require(_COUNT <= MAX_MODULES, TooManyModules(MAX_MODULES));
        address[MAX_MODULES] memory places;
        for (uint256 i; i < modules.length; ++i) {
            for (uint256 j; j < i; ++j) {
                require(modules[j] != modules[i], ModuleTaken(modules[i]));
            }
            places[i] = modules[i];
            emit ModuleAdded(modules[i]);
        }
        (_FIRST, _SECOND, _THIRD, _FOURTH) = (places[0], places[1], places[2], places[3]);
        (_FIFTH, _SIXTH, _SEVENTH, _EIGHTH) = (places[4], places[5], places[6], places[7]);
    }

    /* DEPLOYER, OR ADMINISTRATOR */

    /// @inheritdoc ICompliance
    function bindToken(address token) external {
        if (msg.sender != _DEPLOYER) _onlyAdministrator();
        require(_token == address(0), AlreadyBound(_token));
        require(token != address(0), NotToken(token));

        _token = token;
        emit TokenBound(token);
    }

    /// @inheritdoc ICompliance
    function unbindToken(address token) external pure {
        revert BoundForLife(token);
    }

    /* TOKEN */

    /// @inheritdoc ICompliance
    function record(Movement calldata) external returns (Verdict memory) {
        address token = _token;
        if (token == address(0)) return _unbound();
        require(msg.sender == token, NotToken(msg.sender));
        // The same signature as a module's: each is told word for word what the compliance was told.
        return _record(msg.data);
    }

    /// @inheritdoc ICompliance
    function recordBatch(Movement[] calldata) external onlyToken {
        bytes memory call = msg.data;
        for (uint256 i; i < _COUNT; ++i) {
            _module(i).functionCall(call);
        }
    }

    /// @inheritdoc ICompliance
    function transferred(address from, address to, uint256 amount) external onlyToken {
        _hook(_movement(Cause.Transfer, from, to, amount));
    }

    /// @inheritdoc ICompliance
    function created(address to, uint256 amount) external onlyToken {
        _hook(_movement(Cause.Mint, address(0), to, amount));
    }

    /// @inheritdoc ICompliance
    function destroyed(address from, uint256 amount) external onlyToken {
        _hook(_movement(Cause.Burn, from, address(0), amount));
    }

    /* VIEWS */

    /// @inheritdoc ICompliance
    function verdict(Movement calldata movement) external view returns (Verdict memory) {
        return _isBound() ? _check(abi.encodeCall(IModule.check, (movement))) : _unbound();
    }

    /// @inheritdoc ICompliance
    /// @dev From the zero address it asks about a mint.
    function canTransfer(address from, address to, uint256 amount) external view returns (bool) {
        if (!_isBound()) return false;
        Cause cause = from == address(0) ? Cause.Mint : Cause.Transfer;
        return _check(abi.encodeCall(IModule.check, (_movement(cause, from, to, amount)))).code == Codes.ALLOWED;
    }

    /// @inheritdoc ICompliance
    function isTokenBound(address token) external view returns (bool) {
        return _isBound() && token == _token;
    }

    /// @inheritdoc ICompliance
    function getTokenBound() external view returns (address) {
        return _token;
    }

    /// @inheritdoc ICompliance
    function getModules() external view returns (address[] memory modules) {
        modules = new address[](_COUNT);
        for (uint256 i; i < _COUNT; ++i) {
            modules[i] = _module(i);
        }
    }

    /* INTERNAL */

    /// @param call Of `IModule.record`, encoded once for all modules.
    function _record(bytes memory call) internal returns (Verdict memory tightest) {
        tightest.headroom = type(uint256).max;
        tightest.module = address(this);
        for (uint256 i; tightest.code == Codes.ALLOWED && i < _COUNT; ++i) {
            Verdict memory next = abi.decode(_module(i).functionCall(call), (Verdict));
            if (_isTighter(next, tightest)) tightest = next;
        }
    }

    /// @param call Of `IModule.check`.
    function _check(bytes memory call) internal view returns (Verdict memory tightest) {
        tightest.headroom = type(uint256).max;
        tightest.module = address(this);
        for (uint256 i; tightest.code == Codes.ALLOWED && i < _COUNT; ++i) {
            Verdict memory next = abi.decode(_module(i).functionStaticCall(call), (Verdict));
            if (_isTighter(next, tightest)) tightest = next;
        }
    }

    function _isBound() internal view returns (bool) {
        return _token != address(0);
    }

    /// @dev Before a module is asked: without a token nothing moves.
    function _unbound() internal view returns (Verdict memory) {
        return Verdict(Codes.PAUSED, address(this), 0, 0);
    }

    /// @dev On equal terms the earlier module keeps its name.
    function _isTighter(Verdict memory next, Verdict memory before) internal pure returns (bool) {
        return next.code != Codes.ALLOWED || next.headroom < before.headroom;
    }

    function _movement(Cause cause, address from, address to, uint256 amount)
        internal
        view
        returns (Movement memory m)
    {
        (m.cause, m.instrument, m.from, m.to, m.amount) = (cause, _token, from, to, amount);
        (m.sender, m.recipient) = IIdentityRegistry(IInstrument(_token).identityRegistry()).sides(from, to);
    }

    function _hook(Movement memory movement) internal {
        Verdict memory v = _record(abi.encodeCall(IModule.record, (movement)));
        require(v.code == Codes.ALLOWED, MovementRefused(v.code, v.module, v.headroom, v.subject));
    }

    /// @param place Below _COUNT.
    function _module(uint256 place) internal view returns (address) {
        if (place < 4) return place < 2 ? (place == 0 ? _FIRST : _SECOND) : (place == 2 ? _THIRD : _FOURTH);
        return place < 6 ? (place == 4 ? _FIFTH : _SIXTH) : (place == 6 ? _SEVENTH : _EIGHTH);
    }

    function _onlyAdministrator() internal view {
        require(ROLES.holds(msg.sender, Role.ADMINISTRATOR), NotAdministrator(msg.sender));
    }

    function _onlyToken() internal view {
        require(msg.sender == _token, NotToken(msg.sender));
    }
}
