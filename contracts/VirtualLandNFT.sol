// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IOptimizationRegistry} from "./interfaces/IOptimizationRegistry.sol";
import {IVirtualLandNFT, Land} from "./interfaces/IVirtualLandNFT.sol";
import {LandMetadata} from "./libraries/LandMetadata.sol";

/// @title Virtual land
contract VirtualLandNFT is IVirtualLandNFT, ERC721 {
    /* CONSTANTS */

    uint256 public constant MAX_MINTED_A_CALL = 20;
    uint16 public constant FIRST_LEVEL = 1;
    uint32 public constant AREA_SQUARE_METRES = 100;

    /* STORAGE */

    IOptimizationRegistry public immutable REGISTRY;

    /// @inheritdoc IVirtualLandNFT
    uint256 public totalSupply;
    /// @inheritdoc IVirtualLandNFT
    mapping(address harvester => uint256) public mintedOf;
    mapping(uint256 tokenId => Land) private _lands;

    /* CONSTRUCTOR */

    constructor(IOptimizationRegistry registry) ERC721("LightDom Land", "LAND") {
        REGISTRY = registry;
    }

    /* MINT */

    /// @inheritdoc IVirtualLandNFT
    function mintEarned(address harvester) external returns (uint256 minted) {
        uint256 received = mintedOf[harvester];
        minted = Math.min(earnedOf(harvester) - received, MAX_MINTED_A_CALL);
        uint256 lastId = totalSupply;
        totalSupply = lastId + minted;
        mintedOf[harvester] = received + minted;

        for (uint256 i = 0; i < minted; ++i) {
            uint256 tokenId = lastId + 1 + i;
            Land memory land = Land({
                biome: REGISTRY.parcelBiomeOf(harvester, received + i),
                level: FIRST_LEVEL,
                areaSquareMetres: AREA_SQUARE_METRES
            });
            _lands[tokenId] = land;
            _mint(harvester, tokenId);

            emit LandMinted(tokenId, harvester, land.biome, land.level, land.areaSquareMetres);
        }
    }

    /* VIEWS */

    /// @inheritdoc IVirtualLandNFT
    function earnedOf(address harvester) public view returns (uint256) {
        return REGISTRY.parcelsOf(harvester);
    }

    /// @inheritdoc IVirtualLandNFT
    function landOf(uint256 tokenId) public view returns (Land memory) {
        _requireOwned(tokenId);
        return _lands[tokenId];
    }

    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        return LandMetadata.uri(tokenId, landOf(tokenId));
    }
}
