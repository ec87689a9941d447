// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Biome} from "./IOptimizationRegistry.sol";

/// @notice A parcel as it stands.
struct Land {
    Biome biome;
    uint16 level;
    uint32 areaSquareMetres;
}

/// @title Virtual land: one ERC-721 parcel for each 100 KiB that a harvester has verified
interface IVirtualLandNFT {
    event LandMinted(
        uint256 indexed tokenId, address indexed harvester, Biome biome, uint16 level, uint32 areaSquareMetres
    );

    /// @notice Mints every parcel that `harvester` has earned and not yet received, at most 20 a call. Anyone may call.
    /// @dev Warning: the receiver is not asked (no onERC721Received), so that nobody's wallet can block a mint.
    /// @return minted number of parcels
    function mintEarned(address harvester) external returns (uint256 minted);

    function earnedOf(address harvester) external view returns (uint256 parcels);
    function mintedOf(address harvester) external view returns (uint256 parcels);

    /// @notice Number of parcels that exist; they are numbered from 1.
    function totalSupply() external view returns (uint256);

    /// @dev Reverts with ERC721NonexistentToken for a parcel that does not exist.
    function landOf(uint256 tokenId) external view returns (Land memory);
}
