// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {NodeType} from "../interfaces/INodeManager.sol";

/// @title The figures of each type of node
library NodeTypes {
    /// @dev Compute rises by one for each 100 KiB beyond the base.
    uint32 private constant KIB_PER_COMPUTE = 100;

    struct Figures {
        uint32 baseKib;
        uint32 maximumKib;
        uint32 compute;
        /// DSH wei a day for 1 000 KiB
        uint256 rateWei;
        /// verified KiB that earn a slot; 0: none is needed
        uint32 slotKib;
    }

    function figuresOf(NodeType nodeType) internal pure returns (Figures memory) {
        if (nodeType == NodeType.AiConsensus) return Figures(1_000, 10_000, 100, 0.1e18, 1_000);
        if (nodeType == NodeType.StorageShard) return Figures(500, 50_000, 50, 0.05e18, 500);
        if (nodeType == NodeType.Bridge) return Figures(2_000, 20_000, 200, 0.2e18, 2_000);
        if (nodeType == NodeType.Optimization) return Figures(100, 5_000, 25, 0.15e18, 0);
        return Figures(300, 15_000, 75, 0.08e18, 0);
    }

    /// @dev `kib` is at least the base.
    function computeOf(NodeType nodeType, uint32 kib) internal pure returns (uint32) {
        Figures memory figures = figuresOf(nodeType);
        return figures.compute + (kib - figures.baseKib) / KIB_PER_COMPUTE;
    }

    /// @dev Rounded down.
    function rewardWei(NodeType nodeType, uint32 kib, uint256 seconds_) internal pure returns (uint256) {
        return figuresOf(nodeType).rateWei * kib * seconds_ / (1_000 * 1 days);
    }
}
