// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {
    AccessManagedUpgradeable
} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagedUpgradeable.sol";

import {IPlanRegistry, PlanTerms, Price} from "../interfaces/IPlanRegistry.sol";

/// @title What can be subscribed to, and for how much
abstract contract Plans is IPlanRegistry, AccessManagedUpgradeable {
    /* STORAGE */

    /// @custom:storage-location erc7201:lightdom.Plans
    struct PlansStorage {
        mapping(uint8 planId => string) names;
        mapping(uint8 planId => PlanTerms) terms;
        mapping(uint8 planId => mapping(address token => Price)) prices;
    }

    /// @dev keccak256(abi.encode(uint256(keccak256("lightdom.Plans")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant LOCATION = 0x72526ebf16cb17e03fcccaa3aed2158e6ffe2b3d6b813b3fbcd1f08eed2ef800;

    /* GOVERNANCE */

    /// @inheritdoc IPlanRegistry
    function setPlan(uint8 planId, string calldata name, PlanTerms calldata terms) external restricted {
        require(bytes(name).length != 0, PlanNameEmpty());

        _plans().names[planId] = name;
        _plans().terms[planId] = terms;

        emit PlanSet(planId, name, terms);
    }

    /// @inheritdoc IPlanRegistry
    function setPrice(uint8 planId, address token, Price calldata price) external restricted {
        _requireKnown(planId);
        require(price.month != 0 || (price.setUp == 0 && price.overagePerRequest == 0), PriceOfNothing(planId, token));

        _plans().prices[planId][token] = price;

        emit PriceSet(planId, token, price);
    }

    /* VIEWS */

    /// @inheritdoc IPlanRegistry
    function planOf(uint8 planId) external view returns (string memory name, PlanTerms memory terms) {
        _requireKnown(planId);
        return (_plans().names[planId], _plans().terms[planId]);
    }

    /// @inheritdoc IPlanRegistry
    function priceOf(uint8 planId, address token) public view returns (Price memory) {
        return _plans().prices[planId][token];
    }

    /* INTERNAL */

    function _requireOpen(uint8 planId) internal view {
        _requireKnown(planId);
        require(_plans().terms[planId].isOpen, PlanClosed(planId));
    }

    function _requirePrice(uint8 planId, address token) internal view returns (Price memory price) {
        price = priceOf(planId, token);
        require(price.month != 0, TokenNotTaken(planId, token));
    }

    function _requireKnown(uint8 planId) private view {
        require(bytes(_plans().names[planId]).length != 0, PlanUnknown(planId));
    }

    function _plans() private pure returns (PlansStorage storage $) {
        bytes32 location = LOCATION;
        assembly ("memory-safe") {
            $.slot := location
        }
    }
}
