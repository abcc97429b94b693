// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IRoles} from "./interfaces/IRoles.sol";

/// @dev Bits of a roles word.
library Role {
    uint256 internal constant ADMINISTRATOR = 1;
    uint256 internal constant OFFICER = 2;
    uint256 internal constant APPROVER = 4;
    uint256 internal constant REGISTRAR = 8;
    uint256 internal constant ISSUER = 16;
    uint256 internal constant ANCHOR = 32;
}

/// @title Roles
/// @notice The permission table of the suite: wallet → natural person and role bits.
///
/// Promises:
/// - Roles change only in the constructor and through the Orders contract.
/// - Orders is named once, by the deployer, and never changes. The deployer has no other power here.
/// - A wallet that holds a role has a person.
/// - Some wallet always holds the administrator's role, once one was founded.
/// - The table is rebuildable from RolesSet.
///
/// Not guaranteed:
/// - That two wallets of different persons are not in the same hands: persons are told apart off chain.
/// - That bits above the known roles mean anything: they are kept as given.
contract Roles is IRoles {
    struct Officer {
        address account;
        bytes32 person;
        uint256 roles;
    }

    address private immutable _DEPLOYER;

    /// @inheritdoc IRoles
    address public orders;

    uint256 private _administrators;
    mapping(address account => uint256) private _roles;
    mapping(address account => bytes32) private _person;

    constructor(Officer[] memory officers) {
        _DEPLOYER = msg.sender;
        for (uint256 i; i < officers.length; ++i) {
            _set(officers[i].account, officers[i].person, officers[i].roles, 0);
        }
    }

    /* DEPLOYER */

    /// @inheritdoc IRoles
    function setOrders(address orders_) external {
        require(msg.sender == _DEPLOYER, NotDeployer(msg.sender));
        require(orders == address(0), OrdersTaken(orders));

        orders = orders_;
        emit OrdersNamed(orders_);
    }

    /* ORDERS */

    /// @inheritdoc IRoles
    function setRoles(address account, bytes32 person, uint256 roles, bytes32 orderId) external {
        require(msg.sender == orders, NotOrders(msg.sender));

        _set(account, person, roles, orderId);
    }

    /* VIEWS */

    /// @inheritdoc IRoles
    function rolesOf(address account) external view returns (uint256) {
        return _roles[account];
    }

    /// @inheritdoc IRoles
    function personOf(address account) external view returns (bytes32) {
        return _person[account];
    }

    /// @inheritdoc IRoles
    function holds(address account, uint256 roles) external view returns (bool) {
        return _roles[account] & roles == roles;
    }

    /* INTERNAL */

    function _set(address account, bytes32 person, uint256 roles, bytes32 orderId) internal {
        require(roles == 0 || person != 0, ZeroPerson(account));
        uint256 rolesBefore = _roles[account];

        bool was = rolesBefore & Role.ADMINISTRATOR != 0;
        bool becomes = roles & Role.ADMINISTRATOR != 0;
        if (becomes && !was) ++_administrators;
        if (was && !becomes) {
            // Without an administrator some kinds of order could never find their two persons again.
            require(_administrators > 1, LastAdministrator(account));
            --_administrators;
        }

        // A removed wallet stands for nobody; the event still says whom it stood for.
        if (roles == 0) person = _person[account];
        _roles[account] = roles;
        _person[account] = roles == 0 ? bytes32(0) : person;
        emit RolesSet(account, person, rolesBefore, roles, orderId);
    }
}
