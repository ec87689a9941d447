// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {
    AccessManagedUpgradeable
} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagedUpgradeable.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IModelStorage, Right} from "../interfaces/IModelStorage.sol";

/// @title Which role may do what with models
/// @dev The AccessManager says who has a role, this table what the role may: one function cannot have several roles
/// there. A role that was granted with a delay counts as none, as a modifier cannot wait.
abstract contract Rights is IModelStorage, AccessManagedUpgradeable {
    /* CONSTANTS */

    uint64 public constant SUPER_ADMIN = 14;
    uint64 public constant MODEL_ADMINISTRATOR = 15;
    uint64 public constant DATA_ADMIN = 16;
    uint64 public constant MODEL_ADMIN = 17;

    /// @dev A bit for each right, lowest first: Read, Write, Delete, ManageAccess, Deploy, TrainingData.
    uint8 private constant SUPER_ADMIN_RIGHTS = 63;
    uint8 private constant MODEL_ADMINISTRATOR_RIGHTS = 1 | 2 | 4 | 16 | 32;
    uint8 private constant DATA_ADMIN_RIGHTS = 1 | 2 | 32;
    uint8 private constant MODEL_ADMIN_RIGHTS = 1 | 2 | 16;

    /* MODIFIERS */

    modifier may(Right right) {
        _requireRight(right);
        _;
    }

    /* VIEWS */

    /// @inheritdoc IModelStorage
    function hasRight(address account, Right right) public view returns (bool) {
        uint8 bit = uint8(1 << uint8(right));
        return (SUPER_ADMIN_RIGHTS & bit != 0 && _hasRole(SUPER_ADMIN, account))
            || (MODEL_ADMINISTRATOR_RIGHTS & bit != 0 && _hasRole(MODEL_ADMINISTRATOR, account))
            || (DATA_ADMIN_RIGHTS & bit != 0 && _hasRole(DATA_ADMIN, account))
            || (MODEL_ADMIN_RIGHTS & bit != 0 && _hasRole(MODEL_ADMIN, account));
    }

    /* INTERNAL */

    function _requireRight(Right right) internal view {
        require(hasRight(msg.sender, right), NotAllowed(msg.sender, right));
    }

    function _hasRole(uint64 role, address account) private view returns (bool) {
        (bool isMember, uint32 delay) = IAccessManager(authority()).hasRole(role, account);
        return isMember && delay == 0;
    }
}
