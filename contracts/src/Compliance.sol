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
/// - The deployer binds the token the first time.
/// - An administrator adds and removes modules before that, and unbinds or binds the same token again after.
///
/// Promises:
/// - It serves one token for its whole life.
/// - Once a token was bound the modules never change: no single person can weaken the rules of a live token.
/// - While the token is unbound nothing moves: `verdict` and `record` say PAUSED and the hooks revert.
/// - At most MAX_MODULES are asked, so the cost of a transfer is bounded.
/// - `canTransfer`, `verdict` and `record` agree.
///
/// Not guaranteed:
/// - That modules are honest. They are called in the middle of a transfer; review them as part of the token.
contract Compliance is ICompliance {
    using Address for address;

    uint256 public constant MAX_MODULES = 8;

    IRoles public immutable ROLES;
    address private immutable _DEPLOYER;

    /// @dev Slot 0: all that a transfer asks before it knows the modules.
    address private _token;
    bool private _bound;
    uint8 private _count;

    address[MAX_MODULES] private _modules;

    modifier onlyAdministrator() {
        _onlyAdministrator();
        _;
    }

    modifier onlyToken() {
        _onlyToken();
        _;
    }

    constructor(IRoles roles, address[] memory modules) {
        ROLES = roles;
        _DEPLOYER = msg.sender;
        for (uint256 i; i < modules.length; ++i) {
            _add(modules[i]);
        }
    }

    /* ADMINISTRATOR */

    /// @inheritdoc ICompliance
    function bindToken(address token) external {
        address before = _token;
        if (before != address(0) || msg.sender != _DEPLOYER) _onlyAdministrator();
        require(!_bound && (before == address(0) || before == token), AlreadyBound(before));
        require(token != address(0), NotToken(token));

        _token = token;
        _bound = true;
        emit TokenBound(token);
    }

    /// @inheritdoc ICompliance
    function unbindToken(address token) external onlyAdministrator {
        require(_bound && token == _token, NotToken(token));

        // The token is remembered: only it may come back, to the same modules.
        _bound = false;
        emit TokenUnbound(token);
    }

    /// @inheritdoc ICompliance
    function addModule(address module) external onlyAdministrator {
        require(_token == address(0), AlreadyBound(_token));

        _add(module);
    }

    /// @inheritdoc ICompliance
    function removeModule(address module) external onlyAdministrator {
        require(_token == address(0), AlreadyBound(_token));

        uint8 last = _count - (_count == 0 ? 0 : 1);
        for (uint256 i; i < _count; ++i) {
            if (_modules[i] != module) continue;
            _modules[i] = _modules[last];
            delete _modules[last];
            _count = last;
            emit ModuleRemoved(module);
            return;
        }
        revert UnknownModule(module);
    }

    /* TOKEN */

    /// @inheritdoc ICompliance
    function record(Movement calldata) external returns (Verdict memory) {
        require(msg.sender == _token, NotToken(msg.sender));
        // The same signature as a module's: each is told word for word what the compliance was told.
        return _record(msg.data);
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
        return _check(abi.encodeCall(IModule.check, (movement)));
    }

    /// @inheritdoc ICompliance
    /// @dev From the zero address it asks about a mint.
    function canTransfer(address from, address to, uint256 amount) external view returns (bool) {
        if (!_bound) return false;
        Cause cause = from == address(0) ? Cause.Mint : Cause.Transfer;
        return _check(abi.encodeCall(IModule.check, (_movement(cause, from, to, amount)))).code == Codes.ALLOWED;
    }

    /// @inheritdoc ICompliance
    function isTokenBound(address token) external view returns (bool) {
        return _bound && token == _token;
    }

    /// @inheritdoc ICompliance
    function getTokenBound() external view returns (address) {
        return _bound ? _token : address(0);
    }

    /// @inheritdoc ICompliance
    function getModules() external view returns (address[] memory modules) {
        modules = new address[](_count);
        for (uint256 i; i < modules.length; ++i) {
            modules[i] = _modules[i];
        }
    }

    /* INTERNAL */

    /// @param call Of `IModule.record`, encoded once for all modules.
    function _record(bytes memory call) internal returns (Verdict memory tightest) {
        tightest = _first();
        for (uint256 i; tightest.code == Codes.ALLOWED && i < _count; ++i) {
            tightest = _tighter(tightest, abi.decode(_modules[i].functionCall(call), (Verdict)));
        }
    }

    /// @param call Of `IModule.check`.
    function _check(bytes memory call) internal view returns (Verdict memory tightest) {
        tightest = _first();
        for (uint256 i; tightest.code == Codes.ALLOWED && i < _count; ++i) {
            tightest = _tighter(tightest, abi.decode(_modules[i].functionStaticCall(call), (Verdict)));
        }
    }

    /// @dev What is known before a module is asked: without a token nothing moves.
    function _first() internal view returns (Verdict memory) {
        if (!_bound) return Verdict(Codes.PAUSED, address(this), 0, 0);
        return Verdict(Codes.ALLOWED, address(this), type(uint256).max, 0);
    }

    /// @dev On equal terms the earlier module keeps its name.
    function _tighter(Verdict memory before, Verdict memory next) internal pure returns (Verdict memory) {
        return next.code != Codes.ALLOWED || next.headroom < before.headroom ? next : before;
    }

    function _movement(Cause cause, address from, address to, uint256 amount)
        internal
        view
        returns (Movement memory m)
    {
        (m.cause, m.instrument, m.from, m.to, m.amount) = (cause, _token, from, to, amount);
        (m.sender, m.recipient) = IIdentityRegistry(IInstrument(_token).identityRegistry()).standings(from, to);
    }

    function _hook(Movement memory movement) internal {
        Verdict memory v = _record(abi.encodeCall(IModule.record, (movement)));
        require(v.code == Codes.ALLOWED, MovementRefused(v.code, v.module, v.headroom, v.subject));
    }

    function _add(address module) internal {
        uint8 count = _count;
        require(count < MAX_MODULES, TooManyModules(MAX_MODULES));
        for (uint256 i; i < count; ++i) {
            require(_modules[i] != module, ModuleTaken(module));
        }

        _modules[count] = module;
        _count = count + 1;
        emit ModuleAdded(module);
    }

    function _onlyAdministrator() internal view {
        require(ROLES.holds(msg.sender, Role.ADMINISTRATOR), NotAdministrator(msg.sender));
    }

    function _onlyToken() internal view {
        require(_bound && msg.sender == _token, NotToken(msg.sender));
    }
}
