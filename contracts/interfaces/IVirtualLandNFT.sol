// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Biome} from "./IOptimizationRegistry.sol";

/// @title Virtual land: one ERC-721 parcel for each 100 KiB that a harvester has verified
interface IVirtualLandNFT {
    event LandMinted(uint256 indexed tokenId, address indexed harvester, Biome biome, uint16 level, uint32 areaSquareMetres);

    /// @notice Mints every parcel that `harvester` has earned and not yet received, at most 20 a call. Anyone may call.
    /// @return minted number of parcels
    function mintEarned(address harvester) external returns (uint256 minted);

    function earnedOf(address harvester) external view returns (uint256 parcels);
    function mintedOf(address harvester) external view returns (uint256 parcels);
}
