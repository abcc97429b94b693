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

    uint256 internal constant ALL = 63;
    /// @dev With any of these a person may sign what governs: an administrator on either side.
    uint256 internal constant GOVERNING = ADMINISTRATOR | OFFICER | APPROVER;
    /// @dev What one person may lend to another.
    uint256 internal constant LENDABLE = OFFICER | APPROVER;
}

/// @title Roles
/// @notice The permission table of the suite: wallet → natural person and role bits, and who deputises for whom.
///
/// Promises:
/// - Roles and delegations change only in the constructor and through the Orders contract.
/// - Orders is named once, by the deployer, and never changes. The deployer has no other power here.
/// - A wallet that holds a role has a person, and for good: given away between signature and approval, it would let its
///   first person approve what they proposed. Taken off the table it stands for nobody, and may only come back for the same.
/// - Some wallet always holds the administrator's role, once one was founded; and once two persons could sign what
///   governs (SetRoles above all), two always can: an administrator, and another person who governs.
/// - A wallet deputises for one other at most, and is deputised for by one at most; for MAX_DELEGATION at most.
/// - Only roles of one's own are lent, and only those of officer and approver: a delegate has nothing to lend on.
/// - A delegation ends at its time, and at once and for good when its principal loses a role that it lends, or its deputy
///   is taken off the table.
/// - The table is rebuildable from RolesSet, DelegationSet and DelegationEnded.
///
/// Not guaranteed:
/// - That two wallets of different persons are not in the same hands: persons are told apart off chain.
contract Roles is IRoles {
    uint64 public constant MAX_DELEGATION = 30 days;

    struct Officer {
        address account;
        bytes32 person;
        uint256 roles;
    }

    address private immutable _DEPLOYER;

    /// @inheritdoc IRoles
    address public orders;

    uint256 private _administrators;
    /// @dev Persons who hold a role of GOVERNING, and with how many wallets each.
    uint256 private _governors;
    mapping(bytes32 person => uint256) private _governingWallets;
    mapping(address account => uint256) private _roles;
    /// @dev The first, which is the only one.
    mapping(address account => bytes32) private _person;

    mapping(address deputy => Delegation) private _delegations;
    /// @inheritdoc IRoles
    mapping(address principal => address) public delegateOf;

    modifier onlyOrders() {
        _onlyOrders();
        _;
    }

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
        require(orders_ != address(0), ZeroAddress());
        require(orders == address(0), OrdersTaken(orders));

        orders = orders_;
        emit OrdersNamed(orders_);
    }

    /* ORDERS */

    /// @inheritdoc IRoles
    function setRoles(address account, bytes32 person, uint256 roles, bytes32 orderId) external onlyOrders {
        _set(account, person, roles, orderId);
    }

    /// @inheritdoc IRoles
    function setDelegation(address principal, address deputy, uint64 startsAt, uint64 until, bytes32 orderId)
        external
        onlyOrders
    {
        (bytes32 principalPerson, bytes32 deputyPerson) = (personOf(principal), personOf(deputy));
        require(deputyPerson != 0, ZeroPerson(deputy));
        require(principalPerson != deputyPerson, SelfDelegation(principal, deputy, deputyPerson));

        _end(_delegations[deputy].principal, deputy, orderId);
        _end(principal, delegateOf[principal], orderId);
        if (until == 0) return;

        require(_roles[principal] & Role.LENDABLE != 0, NothingToDelegate(principal));
        require(startsAt < until && block.timestamp < until, BadDelegation(startsAt, until));
        require(until - startsAt <= MAX_DELEGATION, DelegationTooLong(startsAt, until, MAX_DELEGATION));

        _delegations[deputy] = Delegation(principal, startsAt, until);
        delegateOf[principal] = deputy;
        emit DelegationSet(principal, deputy, principalPerson, deputyPerson, startsAt, until, orderId);
    }

    /* VIEWS */

    /// @inheritdoc IRoles
    function rolesOf(address account) external view returns (uint256) {
        return _roles[account];
    }

    /// @inheritdoc IRoles
    function personOf(address account) public view returns (bytes32) {
        return _roles[account] == 0 ? bytes32(0) : _person[account];
    }

    /// @inheritdoc IRoles
    function holds(address account, uint256 roles) external view returns (bool) {
        return _holds(account, roles);
    }

    /// @inheritdoc IRoles
    function mayAct(address account, uint256 role) external view returns (bool may, address principal) {
        if (_holds(account, role)) return (true, address(0));

        Delegation memory d = _delegations[account];
        if (role & ~Role.LENDABLE != 0 || d.principal == address(0)) return (false, address(0));
        if (block.timestamp < d.startsAt || block.timestamp >= d.until) return (false, address(0));
        return _holds(d.principal, role) ? (true, d.principal) : (false, address(0));
    }

    /// @inheritdoc IRoles
    function delegationOf(address deputy) external view returns (Delegation memory) {
        return _delegations[deputy];
    }

    /// @inheritdoc IRoles
    function labelOf(uint256 role) external pure returns (string memory) {
        if (role == Role.ADMINISTRATOR) return "Administrator";
        if (role == Role.OFFICER) return "Officer";
        if (role == Role.APPROVER) return "Approver";
        if (role == Role.REGISTRAR) return "Registrar";
        if (role == Role.ISSUER) return "Issuer";
        if (role == Role.ANCHOR) return "Anchor";
        revert UnknownRoles(role);
    }

    /* INTERNAL */

    function _onlyOrders() internal view {
        require(msg.sender == orders, NotOrders(msg.sender));
    }

    function _holds(address account, uint256 roles) internal view returns (bool) {
        return _roles[account] & roles == roles;
    }

    function _set(address account, bytes32 person, uint256 roles, bytes32 orderId) internal {
        require(account != address(0), ZeroAddress());
        require(roles & ~Role.ALL == 0, UnknownRoles(roles));
        require(roles == 0 || person != 0, ZeroPerson(account));
        uint256 rolesBefore = _roles[account];
        bytes32 first = _person[account];
        require(roles == 0 || first == 0 || first == person, AnothersWallet(account, first));

        bool was = rolesBefore & Role.ADMINISTRATOR != 0;
        bool becomes = roles & Role.ADMINISTRATOR != 0;
        if (becomes && !was) ++_administrators;
        if (was && !becomes) {
            // Without an administrator it may take more than any two persons to govern.
            require(_administrators > 1, LastAdministrator(account));
            --_administrators;
        }

        uint256 governorsBefore = _governors;
        if (rolesBefore & Role.GOVERNING != 0 && --_governingWallets[first] == 0) --_governors;
        if (roles & Role.GOVERNING != 0 && ++_governingWallets[person] == 1) ++_governors;
        // Of one person alone nobody could ever make two again.
        require(_governors > 1 || _governors >= governorsBefore, TooFewPersons(account, _governors));

        _roles[account] = roles;
        if (roles != 0) _person[account] = person;
        // Of a wallet that is removed the event still says whom it stood for.
        emit RolesSet(account, roles == 0 ? first : person, rolesBefore, roles, orderId);

        if (roles == 0) _end(_delegations[account].principal, account, orderId);
        if (rolesBefore & ~roles & Role.LENDABLE != 0) _end(account, delegateOf[account], orderId);
    }

    /// @dev Nothing to end where either is zero: both are set and cleared together.
    function _end(address principal, address deputy, bytes32 orderId) internal {
        if (principal == address(0) || deputy == address(0)) return;

        delete _delegations[deputy];
        delete delegateOf[principal];
        emit DelegationEnded(principal, deputy, orderId);
    }
}
